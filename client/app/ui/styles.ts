import { css } from 'lit'

/** Every element's ground: box sizes, type, focus, icons, and text only screen readers meet. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    color: var(--text);
    font: 400 var(--type) / 1.45 var(--font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    display: inline-flex;
    flex: none;
  }
  .icon svg {
    width: 18px;
    height: 18px;
    stroke-width: 1.75;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`

export const panel = css`
  .panel {
    background: var(--surface);
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-panel);
  }
`

/** Icon buttons, plain buttons, and the one main button of a view. */
export const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-width: var(--control);
    height: var(--control);
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: transparent;
    color: var(--text);
    font: inherit;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    touch-action: manipulation;
    transition: background var(--quick) var(--ease), color var(--quick) var(--ease);
  }
  button:focus-visible {
    outline-offset: -2px;
  }
  button:active {
    background: var(--pressed);
  }
  @media (hover: hover) {
    button:hover:not(:disabled) {
      background: var(--hover);
    }
  }
  button:disabled {
    color: var(--text-quiet);
    opacity: 0.45;
    cursor: default;
  }
  button[aria-pressed='true'],
  button[aria-checked='true'] {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  button.wide {
    padding: 0 var(--space-3);
  }
  button.main,
  button.main:active {
    padding: 0 14px;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.main:focus-visible {
    outline-offset: 2px;
  }
  button.plain {
    padding: 0 14px;
    box-shadow: inset 0 0 0 1px var(--line);
  }
  @media (hover: hover) {
    button.main:hover:not(:disabled) {
      background: var(--accent-hover);
    }
  }
`

export const fields = css`
  input.field {
    width: 100%;
    height: var(--control);
    padding: 0 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  input.field::placeholder {
    color: var(--text-quiet);
    opacity: 1;
  }
  input.field:focus-visible {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
    outline-offset: 0;
  }
  @media (pointer: coarse) {
    /* iOS zooms into a field whose letters are smaller. */
    input.field {
      font-size: 16px;
    }
  }
`

/** Menus of the component library, in our sizes. */
export const menus = css`
  wa-dropdown::part(menu) {
    /* Not quite opaque: Chromium takes an opaque scroller for larger than it is, and leaves a hole in the canvas. */
    background: color-mix(in srgb, var(--surface) 99.5%, transparent);
    min-width: 224px;
    max-height: min(80vh, 620px);
    padding: 6px;
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-over);
  }
  wa-dropdown {
    --menu-row: 34px;
  }
  wa-dropdown-item {
    flex: none;
    min-height: var(--menu-row);
    padding: 0 10px;
    border-radius: var(--radius-s);
    color: var(--text);
    font: 400 var(--type) / 1.3 var(--font);
  }
  wa-dropdown:not(:defined) > :not([slot]) {
    display: none;
  }
  wa-dropdown-item[variant='danger'] {
    color: var(--bad);
  }
  wa-dropdown-item[variant='danger'] .icon {
    color: inherit;
  }
  wa-dropdown-item:focus-visible {
    outline: none;
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  wa-dropdown-item::part(submenu) {
    min-width: 208px;
    padding: 6px;
    border: 0;
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-over);
  }
  wa-dropdown-item::part(submenu-icon) {
    color: var(--text-quiet);
    font-size: 0.75em;
  }
  wa-dropdown-item::part(checkmark) {
    display: none;
  }
  wa-dropdown-item::part(icon),
  wa-dropdown-item::part(details) {
    display: inline-flex;
    align-items: center;
  }
  wa-dropdown-item kbd {
    color: var(--text-quiet);
    font: inherit;
    font-size: var(--type-s);
  }
  wa-dropdown-item .icon {
    color: var(--text-quiet);
  }
  wa-dropdown-item .icon svg {
    width: 16px;
    height: 16px;
  }
  wa-dropdown hr {
    flex: none;
    height: 1px;
    margin: 6px 0;
    border: 0;
    background: var(--line);
  }
  wa-dropdown h3 {
    margin: 0;
    padding: 8px 10px 4px;
    color: var(--text-quiet);
    font: 500 var(--type-s) / 1.3 var(--font);
  }
  @media (pointer: coarse) {
    wa-dropdown {
      --menu-row: 44px;
    }
    wa-dropdown-item kbd {
      display: none;
    }
  }
`

/** A dialog of the component library, which takes its width from `--width`, and what most of them hold. */
export const dialogs = css`
  wa-dialog:not(:defined) {
    display: none;
  }
  wa-dialog::part(dialog) {
    box-shadow: var(--shadow-over);
  }
  .body {
    display: grid;
    gap: var(--space-4);
    padding-bottom: 2px;
  }
  .quiet {
    color: var(--text-quiet);
  }
  .bad {
    color: var(--bad);
  }
`

/** A popover of the component library, which takes its width from `--max-width`. */
export const popovers = css`
  wa-popover {
    --arrow-size: 0px;
  }
  wa-popover:not(:defined) {
    display: none;
  }
  wa-popover::part(body) {
    padding: var(--space-4);
    border-radius: var(--radius-l);
    box-shadow: var(--shadow-over);
  }
`
