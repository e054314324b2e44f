import type { FontName } from '../../../shared/geometry/text.ts'
import type { ArrowHead } from '../../../shared/shapes/arrow.ts'
import type { Dash, FillStyle, TextAlign, VerticalAlign } from '../../../shared/shapes/common.ts'
import { type Props, textProp } from './records.ts'

interface Colour {
  /** Of lines and letters. */
  readonly solid: string
  /** Of an inside that is tinted. */
  readonly tint: string
  readonly pattern: string
  readonly note: string
  readonly highlight: string
}

const colour = (solid: string, tint: string, pattern: string, note: string, highlight: string): Colour => ({
  solid,
  tint,
  pattern,
  note,
  highlight,
})

const BLACK = colour('#1d1d1d', '#e8e8e8', '#494949', '#fce19c', '#fddd00')

/** tldraw's names of colours, as its light theme shows them. */
const COLOURS: ReadonlyMap<string, Colour> = new Map([
  ['black', BLACK],
  ['grey', colour('#9fa8b2', '#eceef0', '#bcc3c9', '#c0cad3', '#cbe7f1')],
  ['light-violet', colour('#e085f4', '#f5eafa', '#e9acf8', '#dfb0f9', '#ff88ff')],
  ['violet', colour('#ae3ec9', '#ecdcf2', '#bd63d3', '#db91fd', '#c77cff')],
  ['blue', colour('#4465e9', '#dce1f8', '#6681ee', '#8aa3ff', '#10acff')],
  ['light-blue', colour('#4ba1f1', '#ddedfa', '#6fbbf8', '#9bc4fd', '#00f4ff')],
  ['yellow', colour('#f1ac4b', '#f9f0e6', '#fecb92', '#fed49a', '#fddd00')],
  ['orange', colour('#e16919', '#f8e2d4', '#f78438', '#faa475', '#ffa500')],
  ['green', colour('#099268', '#d3e9e3', '#39a785', '#6fc896', '#00ffc8')],
  ['light-green', colour('#4cb05e', '#dbf0e0', '#65cb78', '#98d08a', '#65f641')],
  ['light-red', colour('#f87777', '#f4dadb', '#fe9e9e', '#f7a5a1', '#ff7fa3')],
  ['red', colour('#e03131', '#f4dadb', '#e55959', '#fc8282', '#ff636e')],
  ['white', colour('#ffffff', '#f5f5f5', '#f9f9f9', '#ffffff', '#ffffff')],
])

export const colourOf = (p: Props, key = 'color'): Colour => COLOURS.get(textProp(p, key)) ?? BLACK

type Sizes = Readonly<Record<'s' | 'm' | 'l' | 'xl', number>>

/** World units. */
export const STROKES: Sizes = { s: 2, m: 3.5, l: 5, xl: 10 }
/** World units per em: of a text of its own, of a label in a figure, and on an arrow. */
export const TEXTS: Sizes = { s: 18, m: 24, l: 36, xl: 44 }
export const LABELS: Sizes = { s: 18, m: 22, l: 26, xl: 32 }
export const ARROW_LABELS: Sizes = { s: 18, m: 20, l: 24, xl: 28 }

export function sizeOf(p: Props, sizes: Sizes): number {
  const name = textProp(p, 'size')
  const size = Object.hasOwn(sizes, name) ? sizes[name as keyof Sizes] : sizes.m
  return size * scaleOf(p)
}

/** Of the size of the letters. Our lines are closer together. */
export const TLDRAW_LINE_HEIGHT = 1.35

export function scaleOf({ scale }: Props): number {
  return typeof scale === 'number' && scale >= 0.01 && scale <= 100 ? scale : 1
}

export function fontOf(p: Props): FontName {
  const font = textProp(p, 'font')
  return font === 'mono' ? 'mono' : font === 'sans' || font === 'serif' ? 'sans' : 'hand'
}

/** How careful tldraw's own hand is. */
const HAND_DRAWN = 1

export function outlineOf(p: Props): {
  readonly stroke: string
  readonly width: number
  readonly dash: Dash
  readonly roughness: number
} {
  const dash = textProp(p, 'dash')
  return {
    stroke: dash === 'none' ? 'transparent' : colourOf(p).solid,
    width: sizeOf(p, STROKES),
    dash: dash === 'dashed' || dash === 'dotted' ? dash : 'solid',
    roughness: dash === 'solid' || dash === 'none' ? 0 : HAND_DRAWN,
  }
}

/** tldraw's "semi": paper that covers what lies below. */
const PAPER = '#fcfffe'

export function fillOf(p: Props): { readonly fill: string; readonly fillStyle: FillStyle } {
  const { solid, tint, pattern } = colourOf(p)
  switch (textProp(p, 'fill')) {
    case 'semi':
      return { fill: PAPER, fillStyle: 'solid' }
    case 'solid':
      return { fill: tint, fillStyle: 'solid' }
    case 'pattern':
    case 'lined-fill':
      return { fill: pattern, fillStyle: 'hachure' }
    case 'fill':
      return { fill: solid, fillStyle: 'solid' }
    default:
      return { fill: 'transparent', fillStyle: 'solid' }
  }
}

/** Older files say `start-legacy` and the like. */
export function alignOf(name: string): TextAlign {
  if (name.startsWith('start')) return 'left'
  return name.startsWith('end') ? 'right' : 'center'
}

export function valignOf(name: string): VerticalAlign {
  if (name === 'start') return 'top'
  return name === 'end' ? 'bottom' : 'middle'
}

const HEADS: ReadonlyMap<string, ArrowHead> = new Map([
  ['arrow', 'arrow'],
  ['triangle', 'triangle'],
  ['square', 'square'],
  ['dot', 'dot'],
  ['pipe', 'bar'],
  ['bar', 'bar'],
  ['diamond', 'diamond'],
  ['inverted', 'inverted'],
])

export const headOf = (name: string): ArrowHead => HEADS.get(name) ?? 'none'

const WEB = /^https?:\/\/\S{1,1990}$/i

/** An address that a shape may have; empty for any other. */
export const linkOf = (url: string): string => (WEB.test(url) ? url : '')
