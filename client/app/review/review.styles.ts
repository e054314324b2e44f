import { css } from 'lit'

export const reviewStyles = css`
  :host {
    position: absolute;
    top: 60px;
    left: 50%;
    z-index: 1;
    width: max-content;
    max-width: min(520px, 100%);
    transform: translateX(-50%);
    pointer-events: none;
  }
  .panel {
    pointer-events: auto;
    user-select: none;
    animation: appear 160ms var(--ease);
  }
  .offer {
    display: flex;
    gap: var(--space-1);
    align-items: center;
    padding: 5px 5px 5px 14px;
  }
  .offer .icon {
    color: var(--text-quiet);
  }
  p {
    margin: 0;
    padding: 6px var(--space-2);
    overflow-wrap: anywhere;
  }
  .offer p {
    flex: 1;
  }
  button {
    height: 32px;
    min-width: 32px;
  }
  button.review {
    padding: 0 10px;
    color: var(--accent-text);
    font-weight: 600;
  }
  .icon svg {
    width: 16px;
    height: 16px;
  }
  .open {
    width: 520px;
    max-width: 100%;
    padding: 6px;
  }
  .bar {
    display: flex;
    gap: 2px;
    align-items: center;
  }
  .legend {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0;
    padding: 0 0 0 8px;
    color: var(--text-quiet);
    font-size: var(--type-s);
    list-style: none;
  }
  .legend li {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .badge {
    width: 14px;
    height: 14px;
    flex: none;
  }
  .mine {
    fill: var(--mine);
  }
  .theirs {
    fill: var(--theirs);
  }
  .both {
    fill: var(--both);
  }
  .step {
    min-width: 68px;
    text-align: center;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .what {
    display: flex;
    gap: 8px;
    align-items: baseline;
    padding: 6px 8px 8px;
    min-height: 34px;
    user-select: text;
  }
  .what .badge {
    align-self: flex-start;
    margin-top: 2px;
  }
  .what p {
    padding: 0;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 0 2px 2px;
  }
  .choices button {
    flex: 1;
    padding: 0 12px;
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .choices button[aria-pressed='true'] {
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel {
      animation: none;
    }
  }
  @media (pointer: coarse) {
    button {
      height: 44px;
      min-width: 44px;
    }
  }
  @media (max-width: 720px) {
    :host {
      right: 0;
      left: 0;
      width: auto;
      max-width: none;
      transform: none;
    }
    .open {
      width: auto;
    }
    .legend {
      gap: 2px 8px;
      padding-left: 6px;
    }
    .legend li {
      gap: 4px;
    }
    .legend .badge {
      width: 12px;
      height: 12px;
    }
    .step {
      min-width: 56px;
    }
  }
`
