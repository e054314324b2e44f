import { css } from 'lit'

export const presentationStyles = css`
  :host {
    position: fixed;
    inset: 0;
    pointer-events: none;
  }
  /* Takes the clicks that turn the page; what lies beside the slide is left in the dark. */
  .stage {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: auto;
    cursor: none;
    touch-action: manipulation;
  }
  .awake .stage {
    cursor: default;
  }
  .pointing .stage {
    pointer-events: none;
  }
  .slide {
    position: absolute;
    border-radius: 4px;
    box-shadow: 0 0 0 100vmax var(--page);
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    gap: 12px;
    align-content: center;
    justify-items: center;
    padding: 24px;
    background: var(--page);
    color: var(--text-quiet);
    font-size: var(--type-l);
    text-align: center;
    pointer-events: auto;
  }
  .empty h2,
  .empty p {
    margin: 0;
  }
  .empty h2 {
    color: var(--text);
    font: 600 var(--type-xl) / 1.3 var(--font);
  }
  .bar {
    position: absolute;
    bottom: calc(16px + var(--safe-bottom));
    left: 50%;
    display: flex;
    gap: 2px;
    align-items: center;
    padding: 4px;
    transform: translateX(-50%);
    box-shadow: var(--shadow-over);
    pointer-events: auto;
    opacity: 0;
    transition: opacity 200ms var(--ease);
  }
  .awake .bar,
  .bar:focus-within {
    opacity: 1;
  }
  .where {
    min-width: 64px;
    padding: 0 8px;
    font-variant-numeric: tabular-nums;
    text-align: center;
    white-space: nowrap;
  }
  .gap {
    width: 1px;
    height: 20px;
    margin: 0 4px;
    background: var(--line);
  }
`
