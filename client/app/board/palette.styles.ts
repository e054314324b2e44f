import { css } from 'lit'

export const paletteStyles = css`
  dialog {
    position: fixed;
    top: min(12vh, 96px);
    width: min(560px, calc(100vw - 24px));
    max-height: min(480px, calc(100dvh - 2 * min(12vh, 96px)));
    margin: 0 auto;
    padding: 0;
    border: 0;
    border-radius: 14px;
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow-over);
    overflow: hidden;
    pointer-events: auto;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: appear var(--quick) var(--ease);
  }
  dialog::backdrop {
    background: var(--scrim);
    opacity: 0.5;
  }
  .ask {
    display: flex;
    gap: 10px;
    align-items: center;
    padding: 0 16px;
    border-bottom: 1px solid var(--line);
    color: var(--text-quiet);
  }
  input {
    flex: 1;
    min-width: 0;
    height: 52px;
    border: 0;
    outline: 0;
    background: transparent;
    color: var(--text);
    font: 400 1rem / 1.4 var(--font);
  }
  input:focus-visible {
    outline: 0;
  }
  input::placeholder {
    color: var(--text-quiet);
    opacity: 1;
  }
  ul {
    flex: 1;
    margin: 0;
    padding: 6px;
    overflow: auto;
    overscroll-behavior: contain;
    list-style: none;
    scrollbar-width: thin;
  }
  .heading {
    padding: 8px 10px 4px;
    color: var(--text-quiet);
    font-size: var(--type-s);
    font-weight: 500;
  }
  li[role='option'] {
    display: flex;
    gap: 10px;
    align-items: center;
    min-height: 38px;
    padding: 0 10px;
    border-radius: var(--radius);
    cursor: pointer;
  }
  li[aria-selected='true'] {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  li[aria-disabled='true'] {
    color: var(--text-quiet);
    opacity: 0.6;
    cursor: default;
  }
  li .icon,
  .blank {
    width: 18px;
    color: var(--text-quiet);
  }
  li[aria-selected='true'] :is(.icon, .section, kbd) {
    color: inherit;
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  mark {
    background: none;
    color: inherit;
    font-weight: 650;
  }
  .section {
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  kbd {
    min-width: 22px;
    padding: 1px 6px;
    border-radius: 5px;
    box-shadow: inset 0 0 0 1px var(--line);
    color: var(--text-quiet);
    font: 500 var(--type-s) / 1.5 var(--font);
    text-align: center;
    white-space: nowrap;
  }
  .none {
    padding: 28px 16px;
    color: var(--text-quiet);
    text-align: center;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-6px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    dialog[open] {
      animation: none;
    }
  }
  @media (pointer: coarse) {
    li[role='option'] {
      min-height: 46px;
    }
    kbd {
      display: none;
    }
  }
`
