import { css } from 'lit'

export const styleStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) 10px;
  }
  section {
    flex: 1 1 100%;
    min-width: 0;
  }
  .half {
    flex-basis: calc(50% - 5px);
  }
  /* Belongs to what is above it. */
  .under {
    margin-top: -6px;
  }
  .hint {
    display: flex;
    flex: 1 1 100%;
    gap: 6px;
    align-items: center;
    margin: -4px 0 0 6px;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .hint .icon {
    color: var(--warn);
  }
  .hint svg {
    width: 14px;
    height: 14px;
  }
  h3 {
    display: flex;
    justify-content: space-between;
    margin: 0 0 4px 6px;
    color: var(--text-quiet);
    font: 500 var(--type-s) / 1.4 var(--font);
  }
  .value {
    padding-right: 6px;
    font-variant-numeric: tabular-nums;
  }
  .row {
    display: flex;
    gap: 2px;
  }
  .row button {
    flex: 1;
    min-width: 0;
    height: 32px;
    border-radius: var(--radius-s);
    font-size: var(--type-s);
  }
  .end {
    width: 100%;
    min-width: 0;
    height: 32px;
    border-radius: var(--radius-s);
    background: var(--surface-sunk);
  }
  .heads {
    display: grid;
    grid-template-columns: repeat(5, 40px);
    gap: 2px;
  }
  .heads button {
    min-width: 0;
    width: 40px;
    height: 36px;
  }
  wa-popover::part(body) {
    padding: 8px;
  }
  .row svg {
    flex: none;
  }
  .letters {
    font-size: 0.9375rem;
    line-height: 1;
  }
  wa-slider {
    display: block;
    height: 24px;
    padding: 0 8px;
  }
  wa-slider:not(:defined) {
    visibility: hidden;
  }
  wa-slider::part(label) {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  wa-slider::part(slider) {
    display: grid;
    align-items: center;
    height: 24px;
  }
  wa-slider {
    --track-size: 4px;
    --thumb-width: 16px;
    --thumb-height: 16px;
  }
  .actions {
    padding-top: var(--space-2);
    border-top: 1px solid var(--line);
  }
  /* All of it at once on a laptop, rather than the last rows below an edge. */
  @media (pointer: fine) and (max-height: 900px) {
    :host {
      gap: 6px 10px;
    }
    h3 {
      margin-bottom: 1px;
    }
    .under {
      margin-top: -2px;
    }
    .row button,
    .end {
      height: 28px;
    }
  }
  @media (pointer: coarse) {
    .row button,
    .end,
    .heads button {
      height: 40px;
    }
  }
  @media (max-width: 720px) {
    .actions {
      order: -1;
      padding: 0;
      border: 0;
    }
    .actions h3 {
      display: none;
    }
  }
`
