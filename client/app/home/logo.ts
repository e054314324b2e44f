import { html, svg } from 'lit'

export const logo = html`<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
  ${svg`<rect width="32" height="32" rx="8" fill="#0f6e6a" />
    <path d="M6.5 19.5C9.5 14 12.5 14 15 17.5S21 21.5 25.5 12.5" fill="none" stroke="#fff" stroke-width="3"
      stroke-linecap="round" />
    <circle cx="25.5" cy="12.5" r="2.6" fill="#ffd08a" />`}
</svg>`

/** Two people on one board. */
export const welcomePicture = html`<svg class="hero" viewBox="0 0 480 200" aria-hidden="true">
  ${svg`<g fill="none" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
    <rect class="ink soft" x="76" y="58" width="104" height="68" rx="12" transform="rotate(-2 128 92)" />
    <ellipse class="warm soft-warm" cx="338" cy="96" rx="58" ry="38" />
    <path class="ink" d="M190 92C222 66 244 120 272 98M258 94l14 4-5 14" />
    <path class="accent" d="M60 164C110 132 150 186 206 160S300 148 330 164 400 178 424 150" />
    <path class="ink" d="M104 84h48M104 100h32" />
    <path class="warm" d="M318 92q20 16 40 0" />
  </g>
  <g transform="translate(424 148)"><path class="cursor one" d="M0 0v22l6-5.5 9-.5z" /><rect class="one" x="12" y="20" width="44" height="20" rx="10" /><text x="34" y="34">Mira</text></g>
  <g transform="translate(366 122)"><path class="cursor two" d="M0 0v22l6-5.5 9-.5z" /></g>`}
</svg>`
