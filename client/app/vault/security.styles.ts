import { css } from 'lit'

export const securityStyles = css`
  wa-dialog {
    --width: min(520px, calc(100vw - 24px));
  }
  /* There is one way out: to have kept the code. */
  wa-dialog.code::part(close-button) {
    display: none;
  }
  p,
  h3,
  ul {
    margin: 0;
  }
  h3 {
    font: 600 var(--type) / 1.4 var(--font);
  }
  .now {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px var(--space-3);
    padding: var(--space-3) var(--space-4) var(--space-3) var(--space-3);
    border-radius: var(--radius);
    background: var(--surface-sunk);
  }
  .now.locked {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .now.locked .quiet {
    color: inherit;
    opacity: 0.86;
  }
  .now > .icon {
    grid-row: span 3;
    padding-top: 1px;
  }
  ul {
    display: grid;
    padding: 0;
    list-style: none;
  }
  li,
  .setting {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-3) 0;
    border-top: 1px solid var(--line);
  }
  .setting {
    margin-top: calc(-1 * var(--space-4));
  }
  li:first-child {
    border-top: 0;
    padding-top: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    justify-content: space-between;
  }
  .row > :first-child {
    flex: 1 1 200px;
  }
  .row .does {
    display: flex;
    gap: var(--space-2);
  }
  .choices {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: var(--radius);
    background: var(--surface-sunk);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .choices button {
    flex: 1;
    min-width: 0;
    height: calc(var(--control) - 6px);
    border-radius: var(--radius-s);
  }
  .choices button[aria-checked='true'] {
    background: light-dark(var(--surface), var(--pressed));
    color: var(--text);
    box-shadow: var(--shadow-panel);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .choices button {
      height: var(--control);
    }
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
  .passphrase {
    padding: var(--space-3);
    border-radius: var(--radius);
    background: var(--surface-sunk);
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
  .lock-now {
    display: flex;
    justify-content: flex-end;
  }
  .lock-now .icon svg {
    width: 16px;
    height: 16px;
  }
  kbd {
    color: var(--text-quiet);
    font: inherit;
    font-size: var(--type-s);
  }
`
