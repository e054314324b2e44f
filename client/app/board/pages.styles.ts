import { css } from 'lit'

export const pagesStyles = css`
  :host {
    position: absolute;
    bottom: 48px;
    /* Beside the style panel. */
    left: 228px;
    z-index: 1;
    pointer-events: auto;
  }
  .panel {
    display: grid;
    grid-template-rows: auto 1fr;
    width: 248px;
    max-height: min(420px, calc(100dvh - 180px));
    padding: 8px;
    box-shadow: var(--shadow-over);
  }
  header {
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 0 0 4px 8px;
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
  ol {
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  li {
    position: relative;
    display: flex;
    align-items: center;
    border-radius: var(--radius);
  }
  li.here {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  li.over::before {
    position: absolute;
    top: -1px;
    right: 4px;
    left: 4px;
    height: 2px;
    border-radius: 1px;
    background: var(--accent);
    content: '';
  }
  li.over.below::before {
    top: auto;
    bottom: -1px;
  }
  .name {
    flex: 1;
    justify-content: start;
    min-width: 0;
    height: 36px;
    padding: 0 8px 0 10px;
    color: inherit;
    font-weight: 450;
  }
  .name span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  li.here .name {
    font-weight: 550;
  }
  li.here .name:hover {
    background: transparent;
  }
  input {
    flex: 1;
    min-width: 0;
    height: 32px;
    margin: 2px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--radius-s);
    outline: 2px solid var(--accent);
    outline-offset: -2px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  .acts {
    min-width: 30px;
    width: 30px;
    height: 30px;
    margin-right: 3px;
    color: var(--text-quiet);
  }
  @media (pointer: coarse) {
    .name {
      height: 44px;
    }
    input {
      height: 40px;
      font-size: 16px;
    }
    .acts,
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
  }
  @media (max-width: 720px) {
    :host {
      right: 0;
      bottom: 112px;
      left: 0;
    }
    .panel {
      width: auto;
      max-height: min(52vh, 420px);
    }
  }
`
