import { css } from 'lit'

/** A page of its own before the boards: one column in the middle of the window. */
export const gateStyles = css`
  :host {
    display: grid;
    place-items: center;
    min-height: 100%;
    padding: calc(var(--space-6) + var(--safe-top)) var(--space-4) calc(var(--space-6) + var(--safe-bottom));
    background: var(--page);
  }
  main {
    display: grid;
    gap: var(--space-4);
    width: min(380px, 100%);
    /* The eye takes the middle of a window for lower than it is. */
    margin-bottom: 6vh;
  }
  main.wide {
    width: min(460px, 100%);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: var(--type-l);
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .head {
    display: grid;
    gap: 4px;
  }
  h1,
  h2,
  p {
    margin: 0;
  }
  h1 {
    font-size: var(--type-xl);
    font-weight: 650;
    letter-spacing: -0.018em;
    line-height: 1.25;
    text-wrap: balance;
  }
  h2 {
    font-size: 0.875rem;
    font-weight: 600;
  }
  .quiet {
    color: var(--text-quiet);
  }
  .bad {
    color: var(--bad);
  }
  .card {
    display: grid;
    gap: var(--space-4);
    padding: 20px;
    border-radius: var(--radius-l);
    background: var(--surface);
    box-shadow: var(--shadow-panel);
  }
  form {
    display: grid;
    gap: var(--space-2);
  }
  .card button.main,
  .card button.plain,
  .card input.field {
    width: 100%;
    height: 44px;
  }
  /* It says what is waited for, and is read. */
  .card button:disabled {
    background: var(--hover);
    color: var(--text-quiet);
    opacity: 1;
  }
  .or {
    display: flex;
    gap: var(--space-3);
    align-items: center;
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  button.quiet {
    justify-self: center;
    padding: 0 var(--space-3);
    color: var(--text-quiet);
  }
  /* A problem pushes nothing around when it comes. */
  .problem {
    min-height: 1.45em;
  }
`
