import { css } from 'lit'

export const shortcutsStyles = css`
  wa-dialog {
    --width: min(760px, calc(100vw - 24px));
  }
  .tools {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    margin-bottom: var(--space-4);
  }
  .tools input {
    flex: 1;
  }
  .columns {
    min-height: 240px;
    columns: 2 280px;
    column-gap: 36px;
  }
  .columns:focus {
    outline: none;
  }
  section {
    margin-bottom: 18px;
  }
  h3 {
    margin: 0 0 4px 8px;
    color: var(--text-quiet);
    font: 600 var(--type-s) / 1.4 var(--font);
    break-after: avoid;
  }
  .row,
  .fixed {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: 32px;
    height: auto;
    padding: 3px 8px;
    border-radius: var(--radius-s);
    font-weight: 400;
    text-align: left;
    white-space: normal;
    break-inside: avoid;
  }
  .keys {
    display: flex;
    flex: none;
    gap: 6px;
    color: var(--text-quiet);
    white-space: nowrap;
  }
  .add {
    visibility: hidden;
    font-size: var(--type-s);
  }
  .row:is(:hover, :focus-visible) .add {
    visibility: visible;
  }
  kbd {
    min-width: 22px;
    padding: 1px 6px;
    border-radius: 5px;
    background: var(--surface-sunk);
    box-shadow: inset 0 0 0 1px var(--line);
    color: var(--text);
    font: 500 var(--type-s) / 1.5 var(--font);
    text-align: center;
  }
  .own kbd {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .change {
    display: grid;
    gap: 8px;
    margin: 2px 0;
    padding: 10px;
    border-radius: var(--radius);
    background: var(--surface-sunk);
    box-shadow: inset 0 0 0 2px var(--accent);
    outline: none;
    break-inside: avoid;
  }
  .change p {
    margin: 0;
  }
  .change strong {
    font-weight: 600;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .answers button {
    height: 30px;
    padding: 0 10px;
    font-size: var(--type-s);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .answers button.main {
    box-shadow: none;
  }
  @media (pointer: coarse) {
    .row,
    .fixed,
    .answers button {
      min-height: 44px;
    }
  }
`
