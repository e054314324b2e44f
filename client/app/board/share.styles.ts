import { css } from 'lit'

export const shareStyles = css`
  wa-dialog {
    --width: min(480px, calc(100vw - 24px));
  }
  p,
  h3 {
    margin: 0;
  }
  h3 {
    font: 600 var(--type) / 1.4 var(--font);
  }
  .good {
    color: var(--accent-text);
    font-weight: 500;
  }
  .who {
    display: grid;
    gap: var(--space-2);
  }
  .roles {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: var(--radius);
    background: var(--surface-sunk);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .roles button {
    flex: 1;
    height: calc(var(--control) - 6px);
    border-radius: var(--radius-s);
  }
  .roles button[aria-checked='true'] {
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow-panel);
    font-weight: 600;
  }
  .link {
    display: flex;
    gap: var(--space-2);
  }
  .link .field {
    flex: 1;
    min-width: 0;
    background: var(--surface-sunk);
    color: var(--text-quiet);
    text-overflow: ellipsis;
  }
  .link button {
    min-width: 116px;
  }
  .link .icon svg {
    width: 16px;
    height: 16px;
  }
  .owner {
    display: grid;
    gap: var(--space-3);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    justify-content: space-between;
  }
  .row > :first-child {
    flex: 1 1 220px;
  }
  .ask {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-3);
    border-radius: var(--radius);
    background: var(--bad-soft);
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    justify-content: flex-end;
  }
  button.danger,
  button.danger:active {
    padding: 0 14px;
    background: var(--bad);
    color: var(--surface);
  }
  @media (hover: hover) {
    button.danger:hover:not(:disabled) {
      background: color-mix(in srgb, var(--bad) 88%, var(--text));
    }
  }
  details {
    display: grid;
  }
  details > div {
    display: grid;
    gap: var(--space-3);
    justify-items: start;
    padding: var(--space-2) 0 0 18px;
  }
  summary {
    padding: 4px 0;
    border-radius: var(--radius-s);
    color: var(--text-quiet);
    font-weight: 500;
    cursor: pointer;
  }
`
