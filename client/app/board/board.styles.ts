import { css } from 'lit'

export const boardStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: block;
    overflow: hidden;
    background: var(--page);
    user-select: none;
    -webkit-user-select: none;
  }
  .canvas {
    position: absolute;
    inset: 0;
    touch-action: none;
    -webkit-touch-callout: none;
  }
  /* The chrome lets the canvas through wherever it has no panel. */
  .chrome {
    --gap: 12px;
    position: absolute;
    inset: calc(var(--gap) + var(--safe-top)) calc(var(--gap) + var(--safe-right)) calc(var(--gap) + var(--safe-bottom))
      calc(var(--gap) + var(--safe-left));
    pointer-events: none;
  }
  .panel,
  drift-toolbar,
  drift-zoom {
    pointer-events: auto;
  }
  .focus > :not(drift-panels),
  .presentation > :not(drift-panels) {
    display: none !important;
  }
  header {
    display: flex;
    justify-content: space-between;
    align-items: start;
    gap: var(--space-2);
  }
  .group {
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    padding: 4px;
  }
  .right {
    gap: 2px;
  }
  .share.main {
    height: calc(var(--control) - 2px);
    border-radius: var(--radius);
  }
  .share .icon svg {
    width: 16px;
    height: 16px;
  }
  .badge {
    display: inline-flex;
    flex: none;
    gap: 5px;
    align-items: center;
    height: 24px;
    margin-right: 6px;
    padding: 0 8px;
    border-radius: var(--radius-s);
    background: var(--surface-sunk);
    color: var(--text-quiet);
    font-size: var(--type-s);
    font-weight: 500;
    white-space: nowrap;
  }
  .badge .icon svg {
    width: 14px;
    height: 14px;
  }
  .beside-badge {
    --title-gives: 36px;
  }
  drift-toolbar {
    position: absolute;
    top: 0;
    left: 50%;
    transform: translateX(-50%);
  }
  .style {
    position: absolute;
    top: 60px;
    left: 0;
    width: 216px;
    max-height: calc(100% - 60px - 56px);
    display: flex;
    overflow: hidden;
    animation: appear var(--quick) var(--ease);
  }
  /* Apart from the panel, which alone is opaque: Chromium takes an opaque scroller for larger than it is, and leaves
     a hole in the canvas behind it. */
  .scroll {
    flex: 1;
    padding: 12px 10px;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  drift-zoom {
    position: absolute;
    bottom: 0;
    left: 0;
  }
  .corner {
    position: absolute;
    right: 0;
    bottom: 0;
    padding: 2px;
  }
  .read-only {
    position: absolute;
    top: 60px;
    left: 50%;
    max-width: min(420px, 90%);
    margin: 0;
    padding: 10px 14px;
    transform: translateX(-50%);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .style {
      animation: none;
    }
  }
  /* The toolbar would meet the panels at its sides. */
  @media (max-width: 1270px) and (min-width: 721px) {
    drift-toolbar {
      top: auto;
      bottom: 0;
    }
    .corner {
      bottom: 56px;
    }
    drift-zoom {
      bottom: 56px;
    }
    .style {
      max-height: calc(100% - 60px - 112px);
    }
  }
  @media (max-width: 720px) {
    .chrome {
      --gap: 8px;
    }
    drift-toolbar {
      top: auto;
      right: 0;
      bottom: 0;
      left: 0;
      transform: none;
    }
    drift-zoom {
      bottom: 64px;
    }
    .scroll {
      padding: 14px;
    }
    .swatch {
      position: absolute;
      right: 0;
      bottom: 64px;
      width: 48px;
      height: 48px;
      background: var(--surface);
    }
    .style {
      top: auto;
      right: 0;
      bottom: 120px;
      width: auto;
      max-height: min(52vh, 460px);
      box-shadow: var(--shadow-over);
    }
    @keyframes appear {
      from {
        opacity: 0;
        transform: translateY(12px);
      }
    }
  }
`
