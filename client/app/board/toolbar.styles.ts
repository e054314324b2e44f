import { css } from 'lit'

export const toolbarStyles = css`
  .panel,
  .tools {
    display: flex;
    gap: 2px;
  }
  .panel {
    padding: 4px;
  }
  button {
    position: relative;
    width: var(--control);
    border-radius: var(--radius);
  }
  .gap {
    width: 1px;
    margin: 8px 4px;
    background: var(--line);
  }
  .digit {
    position: absolute;
    right: 4px;
    bottom: 2px;
    color: var(--text-quiet);
    font-size: 0.5625rem;
    font-weight: 500;
    line-height: 1.2;
  }
  button[aria-checked='true'] .digit {
    color: inherit;
  }
  .more {
    width: 22px;
    min-width: 22px;
    color: var(--text-quiet);
  }
  .more .icon svg {
    width: 14px;
    height: 14px;
  }
  wa-popover {
    --max-width: 340px;
  }
  wa-popover::part(body) {
    padding: 10px;
  }
  .drawer {
    display: grid;
    gap: 10px;
    width: max-content;
    max-width: calc(100vw - 40px);
  }
  h3 {
    margin: 0 0 4px 4px;
    color: var(--text-quiet);
    font: 500 var(--type-s) / 1.4 var(--font);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(6, 44px);
    gap: 2px;
  }
  .grid button {
    width: 44px;
    height: 44px;
  }
  .grid .icon svg {
    width: 20px;
    height: 20px;
  }
  .extras {
    display: none;
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }
  .extras button {
    justify-content: start;
    width: 100%;
    padding: 0 8px;
    font-weight: 400;
  }
  @media (pointer: coarse) {
    .digit {
      display: none;
    }
  }
  /* Fingers need wider buttons than fit beside each other on a small tablet. */
  @media (max-width: 860px) {
    .extras {
      display: grid;
    }
    .panel > .library {
      display: none;
    }
  }
  @media (max-width: 860px) and (min-width: 721px) {
    .extras > :not(.library) {
      display: none;
    }
  }
  @media (max-width: 720px) {
    .tools {
      flex: 1;
      justify-content: space-between;
      gap: 0;
    }
    .digit,
    .gap,
    .panel > .image,
    .panel > .lock {
      display: none;
    }
    .tools > button {
      flex: 1;
      width: auto;
      min-width: 0;
      max-width: 56px;
      height: 48px;
    }
    .more {
      width: 36px;
      height: 48px;
    }
  }
`
