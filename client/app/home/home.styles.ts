import { css } from 'lit'

export const homeStyles = css`
  :host {
    display: block;
    min-height: 100%;
    background: var(--page);
  }
  .page {
    max-width: 1080px;
    margin: 0 auto;
    padding: calc(20px + var(--safe-top)) calc(24px + var(--safe-right)) calc(48px + var(--safe-bottom))
      calc(24px + var(--safe-left));
  }
  header,
  .head,
  .actions,
  .brand {
    display: flex;
    align-items: center;
  }
  header,
  .head {
    justify-content: space-between;
    gap: var(--space-4);
  }
  .brand {
    gap: 10px;
    font-size: var(--type-l);
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .head {
    flex-wrap: wrap;
    margin: 48px 0 20px;
  }
  .actions {
    gap: var(--space-2);
  }
  .actions button {
    height: 40px;
  }
  .actions .icon svg {
    width: 16px;
    height: 16px;
  }
  h1 {
    margin: 0;
    font-size: var(--type-xl);
    font-weight: 650;
    letter-spacing: -0.018em;
    line-height: 1.25;
  }
  drift-find-boards {
    margin: 0 0 20px;
  }
  .more {
    width: 40px;
    padding: 0;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(232px, 1fr));
    gap: 20px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    /* Of hundreds of cards only those in sight are laid out. */
    content-visibility: auto;
    contain-intrinsic-size: auto 246px;
    /* What is not laid out is clipped: here, where the card's shadow has ended. */
    margin: -16px;
    padding: 16px;
  }
  .not-found {
    display: grid;
    gap: var(--space-4);
    justify-items: center;
    padding: 56px 0;
    color: var(--text-quiet);
    font-size: var(--type-l);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .not-found p {
    margin: 0;
  }
  footer {
    margin-top: 32px;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .link {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--space-2);
    max-width: 480px;
    margin: 0 0 20px auto;
  }
  .link .field,
  .link button {
    height: 40px;
  }
  .link p {
    grid-column: 1 / -1;
    min-height: 1.45em;
    margin: 0;
    color: var(--bad);
  }
  .welcome {
    display: grid;
    justify-items: center;
    margin-top: 40px;
    text-align: center;
  }
  .welcome h1 {
    margin-top: 20px;
    font-size: clamp(1.625rem, 5vw, 2.125rem);
    text-wrap: balance;
  }
  .lead {
    margin: 8px 0 24px;
    color: var(--text-quiet);
    font-size: 1rem;
    text-wrap: balance;
  }
  .welcome .link {
    width: min(480px, 100%);
    margin: 16px auto 0;
    text-align: left;
  }
  .points {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 32px;
    width: 100%;
    max-width: 840px;
    margin: 56px 0 0;
    padding: 28px 0 0;
    border-top: 1px solid var(--line);
    list-style: none;
    text-align: left;
  }
  .points h2 {
    margin: 0 0 4px;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .points p {
    margin: 0;
    color: var(--text-quiet);
    line-height: 1.5;
  }
  .hero {
    width: min(480px, 100%);
    height: auto;
  }
  .hero .ink {
    stroke: var(--text);
  }
  .hero .soft {
    fill: var(--surface);
  }
  .hero .warm {
    stroke: light-dark(#d9822b, #e6a843);
  }
  .hero .soft-warm {
    fill: light-dark(#fff3dc, #3a2f1c);
  }
  .hero .accent {
    stroke: var(--accent);
  }
  .hero .one {
    fill: var(--accent);
  }
  .hero .two {
    fill: light-dark(#c26a12, #e6a843);
  }
  .hero text {
    fill: var(--on-accent);
    font: 600 11px var(--font);
    text-anchor: middle;
  }
  @media (max-width: 720px) {
    .page {
      padding-right: 16px;
      padding-left: 16px;
    }
    header {
      gap: var(--space-2);
    }
    .head {
      margin-top: 32px;
    }
    .head .actions {
      width: 100%;
    }
    .head .actions > button {
      flex: 1;
    }
    .actions .more {
      width: 44px;
    }
    .welcome .actions {
      flex-wrap: wrap;
      justify-content: center;
    }
    .actions button,
    .link .field,
    .link button {
      height: 44px;
    }
    .welcome {
      margin-top: 24px;
    }
    .points {
      grid-template-columns: 1fr;
      gap: 20px;
      margin-top: 40px;
    }
  }
`
