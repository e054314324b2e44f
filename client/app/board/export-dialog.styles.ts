import { css } from 'lit'

export const exportStyles = css`
  wa-dialog {
    --width: min(640px, calc(100vw - 24px));
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr);
    gap: var(--space-4);
    padding-bottom: 2px;
  }
  .preview {
    display: grid;
    place-items: center;
    min-height: 220px;
    max-height: 320px;
    padding: var(--space-2);
    overflow: hidden;
    border-radius: var(--radius);
    background: repeating-conic-gradient(var(--surface-sunk) 0 25%, transparent 0 50%) 0 0 / 16px 16px;
    color: var(--text-quiet);
    text-align: center;
  }
  .preview img {
    max-width: 100%;
    max-height: 300px;
    object-fit: contain;
  }
  .again {
    display: block;
    margin: var(--space-2) auto 0;
  }
  .choices {
    display: grid;
    gap: var(--space-3);
    align-content: start;
  }
  .checks {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
  }
  .hint {
    margin: -4px 0 0;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  label.field {
    display: grid;
    gap: 4px;
    font-weight: 500;
  }
  select {
    height: 36px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  .check {
    display: flex;
    gap: 10px;
    align-items: center;
    min-height: 28px;
    font-weight: 500;
  }
  .check input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
  }
  .buttons {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    justify-content: flex-end;
  }
  @media (max-width: 560px) {
    form {
      grid-template-columns: 1fr;
    }
    .preview {
      min-height: 110px;
      max-height: 140px;
    }
    .preview img {
      max-height: 124px;
    }
    /* In reach however far the choices are scrolled. */
    .buttons {
      position: sticky;
      bottom: calc(-1 * var(--spacing, 20px));
      padding: 10px 0 var(--spacing, 20px);
      margin-bottom: calc(-1 * var(--spacing, 20px));
      background: var(--surface);
    }
  }
  @media (pointer: coarse) {
    .check {
      min-height: 40px;
    }
    select {
      height: 44px;
      font-size: 16px;
    }
  }
`
