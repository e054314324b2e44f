import { css } from 'lit'

export const libraryStyles = css`
  :host {
    position: absolute;
    top: 56px;
    right: 0;
    bottom: 48px;
    z-index: 1;
    pointer-events: none;
  }
  :host([under-find]) {
    top: 108px;
  }
  :host([over-map]) {
    bottom: 212px;
  }
  .panel {
    display: flex;
    flex-direction: column;
    gap: 8px;
    width: 268px;
    max-height: 100%;
    padding: 8px;
    box-shadow: var(--shadow-over);
    pointer-events: auto;
  }
  .panel.taking {
    outline: 2px dashed var(--accent);
    outline-offset: -2px;
    background: color-mix(in srgb, var(--accent) 8%, var(--surface));
  }
  header {
    display: flex;
    gap: 4px;
    align-items: center;
    padding-left: 8px;
  }
  h2 {
    flex: 1;
    margin: 0;
    font: 600 var(--type) / 1.4 var(--font);
  }
  header button {
    min-width: 30px;
    width: 30px;
    height: 30px;
  }
  .field {
    flex: none;
  }
  .field::-webkit-search-cancel-button {
    display: none;
  }
  .why {
    margin: 0;
    padding: 8px 10px;
    border-radius: var(--radius);
    background: var(--surface-sunk);
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .scroll {
    min-height: 0;
    margin: 0 -8px -8px;
    padding: 2px 8px 8px;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  ul {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    min-width: 0;
  }
  .none {
    margin: 0;
    padding: 16px 8px 20px;
    color: var(--text-quiet);
    text-align: center;
  }
  .empty {
    display: grid;
    gap: 8px;
    justify-items: stretch;
    padding: 12px 12px 8px;
    text-align: center;
  }
  .empty .icon {
    justify-self: center;
    padding: 12px;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .empty .icon svg {
    width: 24px;
    height: 24px;
  }
  h3 {
    margin: 4px 0 0;
    font: 600 var(--type-l) / 1.4 var(--font);
  }
  .empty p {
    margin: 0 0 8px;
    color: var(--text-quiet);
    text-wrap: balance;
  }
  .carried {
    position: fixed;
    z-index: 2;
    width: 120px;
    height: 88px;
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--surface) 80%, transparent);
    box-shadow: var(--shadow-over);
    opacity: 0.7;
    transform: translate(-50%, -50%);
    pointer-events: none;
  }
  .carried.over {
    background: transparent;
    box-shadow: none;
    opacity: 0.95;
  }
  .carried img {
    width: 100%;
    height: 100%;
  }
  :host([carrying]) {
    cursor: grabbing;
  }
  @media (pointer: coarse) {
    header button {
      min-width: 40px;
      width: 40px;
      height: 40px;
    }
  }
  @media (max-width: 1270px) and (min-width: 721px) {
    :host {
      bottom: 104px;
    }
    :host([over-map]) {
      bottom: 268px;
    }
  }
  @media (max-width: 720px) {
    :host,
    :host([under-find]),
    :host([over-map]) {
      top: auto;
      right: 0;
      bottom: 112px;
      left: 0;
      height: min(44vh, 380px);
      display: flex;
      align-items: end;
    }
    .panel {
      width: 100%;
    }
    ul {
      grid-template-columns: repeat(3, 1fr);
    }
  }
`
