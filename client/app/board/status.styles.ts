import { css } from 'lit'

export const statusStyles = css`
  :host {
    display: block;
  }
  #line {
    gap: 8px;
    height: 32px;
    padding: 0 10px;
    color: var(--text-quiet);
    font-size: var(--type-s);
    font-weight: 450;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--tone, var(--line-strong));
  }
  .good {
    --tone: var(--good);
  }
  .busy {
    --tone: var(--warn);
  }
  .bad {
    --tone: var(--bad);
  }
  #line.bad-line {
    background: var(--bad-soft);
    color: var(--bad);
  }
  @media (prefers-reduced-motion: no-preference) {
    .dot.busy {
      animation: breathe 1.4s ease-in-out infinite alternate;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.35;
    }
  }
  @media (pointer: coarse) {
    #line {
      height: var(--control);
    }
  }
  :host([compact]) #line {
    width: var(--control);
    height: var(--control);
    padding: 0;
  }
  :host([compact]) .line {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  wa-popover {
    --max-width: 400px;
  }
`
