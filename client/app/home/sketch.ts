import { html, svg, type TemplateResult } from 'lit'

/** What stands for a board until it is known what is on it: a quiet sketch that follows from the id alone. */
export function boardSketch(id: string): TemplateResult {
  const random = numbersFrom(id)
  const first = Math.floor(random() * FIGURES.length)
  const step = 1 + Math.floor(random() * (FIGURES.length - 1))
  const slots = random() < 0.5 ? [0, 1, 2] : [2, 0, 1]
  return html`<svg class="sketch" viewBox="0 0 240 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    ${svg`<g fill="none" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">
      <path class="drift" d=${driftLine(random)} />
      ${slots.slice(0, 2).map((slot, i) => placed(FIGURES[(first + i * step) % FIGURES.length] ?? '', slot, random))}
    </g>`}
  </svg>`
}

/** Around the origin, about 56 wide. */
const FIGURES: readonly string[] = [
  'M-26-18h52v36h-52z',
  'M0-24 28 0 0 24-28 0z',
  'M-28 0a28 20 0 1 0 56 0a28 20 0 1 0-56 0',
  'M-28 16C-14-26 6 22 26-16M14-18l12 2-1 12',
  'M-26-12h52M-26 0h40M-26 12h46',
]
const COLOURS = ['a', 'b', 'c'] as const

function placed(figure: string, slot: number, random: () => number) {
  const x = 50 + slot * 70 + (random() - 0.5) * 16
  const y = 68 + (random() - 0.5) * 44
  const turn = (random() - 0.5) * 14
  const colour = COLOURS[Math.floor(random() * COLOURS.length)]
  return svg`<path class=${`figure ${colour}`} d=${figure} transform=${`translate(${x} ${y}) rotate(${turn})`} />`
}

function driftLine(random: () => number): string {
  const y = () => 60 + random() * 50
  return `M-8 ${y()}C60 ${y()} 70 ${y()} 120 ${y()}S200 ${y()} 248 ${y()}`
}

/** Numbers in [0, 1) that depend on `text` only: FNV-1a, then mulberry32. */
function numbersFrom(text: string): () => number {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
