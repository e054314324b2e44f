import { css } from 'lit'

export const tileStyles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
  }
  .item {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 240 / 176;
    overflow: hidden;
    background: var(--page);
    box-shadow: inset 0 0 0 1px var(--line);
    cursor: grab;
    touch-action: pan-y;
    -webkit-touch-callout: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .item[aria-disabled='true'] {
    cursor: default;
  }
  .item:active {
    background: var(--page);
  }
  @media (hover: hover) {
    .item:hover:not(:disabled) {
      background: var(--page);
      box-shadow: inset 0 0 0 1.5px var(--accent);
    }
    .item[aria-disabled='true']:hover {
      box-shadow: inset 0 0 0 1px var(--line);
    }
  }
  img {
    display: block;
    width: 100%;
    height: 100%;
    animation: shown var(--quick) var(--ease);
    pointer-events: none;
  }
  @keyframes shown {
    from {
      opacity: 0;
    }
  }
  .name {
    display: block;
    padding: 4px 2px 0;
    overflow: hidden;
    color: var(--text-quiet);
    font-size: var(--type-s);
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  input {
    width: 100%;
    height: 24px;
    padding: 0 4px;
    border: 0;
    border-radius: var(--radius-s);
    outline: 2px solid var(--accent);
    outline-offset: -1px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
    font-size: var(--type-s);
  }
  .menu {
    position: absolute;
    top: 4px;
    right: 4px;
  }
  .menu button {
    min-width: 26px;
    width: 26px;
    height: 26px;
    border-radius: var(--radius-s);
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  @media (hover: hover) and (pointer: fine) {
    .menu {
      opacity: 0;
    }
    :host(:hover) .menu,
    .menu:focus-within,
    .menu:has([open]) {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .menu {
      top: 0;
      right: 0;
    }
    .menu button {
      min-width: 40px;
      width: 40px;
      height: 40px;
      background: transparent;
      box-shadow: none;
    }
    input {
      height: 40px;
      font-size: 16px;
    }
  }
`
