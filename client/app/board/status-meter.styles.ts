import { css } from 'lit'

export const meterStyles = css`
  .good {
    --tone: var(--good);
  }
  .busy {
    --tone: var(--warn);
  }
  .bad {
    --tone: var(--bad);
  }
  :host {
    display: block;
    width: min(328px, calc(100vw - 56px));
    line-height: 1.4;
  }
  dl {
    display: grid;
    gap: var(--space-3);
    margin: 0;
  }
  dt {
    display: flex;
    gap: 10px;
    align-items: center;
    font-weight: 600;
  }
  dt::before {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--tone, var(--line-strong));
    content: '';
  }
  dd {
    margin: 1px 0 0 18px;
    color: var(--text-quiet);
  }
  .save {
    display: flex;
    height: 32px;
    margin-top: var(--space-2);
  }
  @media (pointer: coarse) {
    .save {
      height: var(--control);
    }
  }
  .changes {
    margin: var(--space-4) calc(-1 * var(--space-4)) 0;
    padding: var(--space-3) var(--space-4) 0;
    border-top: 1px solid var(--line);
  }
  .heads,
  .change {
    display: grid;
    grid-template-columns: 1fr 44px 40px 40px 54px;
    align-items: center;
  }
  .heads {
    margin-bottom: var(--space-1);
    color: var(--text-quiet);
    font-size: 0.6875rem;
    text-align: center;
  }
  h2 {
    margin: 0;
    color: var(--text);
    font-size: var(--type);
    font-weight: 600;
    text-align: start;
  }
  ul {
    max-height: 228px;
    margin: 0 calc(-1 * var(--space-2));
    padding: 0;
    overflow-y: auto;
    scrollbar-width: thin;
    list-style: none;
  }
  .change {
    gap: 0;
    width: 100%;
    height: auto;
    min-height: 44px;
    padding: 4px var(--space-2);
    line-height: 1.3;
    font-weight: 400;
    text-align: start;
    justify-items: stretch;
  }
  .done {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .ago {
    display: block;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .mark {
    display: grid;
    justify-self: center;
    place-items: center;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    box-shadow: inset 0 0 0 1.5px var(--line-strong);
    font-size: 0.625rem;
    font-weight: 650;
  }
  .mark.there {
    background: var(--good);
    box-shadow: none;
    color: var(--surface);
  }
  .mark svg {
    width: 10px;
    height: 10px;
    stroke-width: 3;
  }
  .where {
    min-height: 1.4em;
    margin: var(--space-2) 0 0;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
`
