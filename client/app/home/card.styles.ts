import { css } from 'lit'

export const cardStyles = css`
  :host {
    position: relative;
    display: block;
    height: 100%;
    border-radius: var(--radius-l);
    background: var(--surface);
    box-shadow: var(--shadow-panel);
    transition: transform var(--quick) var(--ease);
  }
  /* The whole card is the link's, but for its menu. */
  a {
    color: inherit;
    text-decoration: none;
  }
  a::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--radius-l);
  }
  a:focus-visible {
    outline: none;
  }
  a:focus-visible::after {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .picture {
    position: relative;
    display: grid;
    place-items: center;
    overflow: hidden;
    aspect-ratio: 16 / 10;
    border-radius: var(--radius-l) var(--radius-l) 0 0;
    background-color: var(--page);
    background-image: radial-gradient(circle, var(--pressed) 1px, transparent 1px);
    background-size: 14px 14px;
    border-bottom: 1px solid var(--line);
    color: var(--text-quiet);
    font-size: var(--type-s);
  }
  .picture img,
  .picture svg.sketch {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .picture img {
    object-fit: contain;
  }
  .nothing {
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--page);
  }
  .drift {
    stroke: color-mix(in srgb, var(--accent) 55%, transparent);
  }
  .figure {
    fill: var(--surface);
  }
  .a {
    stroke: var(--text-quiet);
  }
  .b {
    stroke: light-dark(#d9822b, #e6a843);
  }
  .c {
    stroke: light-dark(#3b6fb6, #82aee8);
  }
  .badge {
    position: absolute;
    top: 8px;
    left: 8px;
    display: flex;
    gap: 5px;
    align-items: center;
    padding: 3px 9px 3px 7px;
    border-radius: 999px;
    background: var(--surface);
    box-shadow: var(--shadow-panel);
    color: var(--text);
    font-size: var(--type-s);
    font-weight: 500;
  }
  .badge .icon svg {
    width: 14px;
    height: 14px;
  }
  .foot {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    padding: 6px 8px 6px 14px;
  }
  .words {
    flex: 1;
    min-width: 0;
    padding: 4px 0 6px;
  }
  .title {
    display: block;
    overflow: hidden;
    font-size: 0.875rem;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title.none {
    color: var(--text-quiet);
  }
  .about {
    display: block;
    overflow: hidden;
    color: var(--text-quiet);
    font-size: var(--type-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .excerpt {
    display: -webkit-box;
    overflow: hidden;
    margin: -4px 14px 12px;
    color: var(--text-quiet);
    font-size: var(--type-s);
    line-height: 1.4;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  mark {
    border-radius: 3px;
    background: var(--accent-soft);
    box-shadow: 0 0 0 1px var(--accent-soft);
    color: var(--accent-text);
  }
  .menu {
    position: relative;
    flex: none;
  }
  .menu button {
    color: var(--text-quiet);
  }
  form {
    position: relative;
    flex: 1;
    margin: 3px 0 3px -6px;
  }
  @media (hover: hover) and (prefers-reduced-motion: no-preference) {
    :host(:hover) {
      transform: translateY(-2px);
    }
  }
`
