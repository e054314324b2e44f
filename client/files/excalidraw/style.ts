import type { FontName } from '../../../shared/geometry/text.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { ArrowHead } from '../../../shared/shapes/arrow.ts'
import {
  type Dash,
  DEFAULT_STROKE,
  type FillStyle,
  type TextAlign,
  type VerticalAlign,
} from '../../../shared/shapes/common.ts'
import { parseCssColour } from '../css-colour.ts'
import type { Tally } from '../notices.ts'
import type { Element } from './element.ts'

/** World units. What a file means that names no width. */
const DEFAULT_WIDTH = 2
/** World units. What a file means that names no letter size. */
const DEFAULT_FONT_SIZE = 20

export interface Look {
  readonly rot: number
  readonly opacity: number
  readonly stroke: string
  readonly groups: readonly string[]
  readonly locked: boolean
  readonly link: string
}

/** The keys that every element has. `groupOf` gives the provisional id of one of the file's groups. */
export function lookOf(element: Element, groupOf: (name: string) => string, tally: Tally): Look {
  return {
    rot: (element.angle ?? 0) % (2 * Math.PI),
    opacity: Math.max(0, Math.min(100, element.opacity ?? 100)) / 100,
    stroke: colour(element.strokeColor, DEFAULT_STROKE, tally),
    groups: nested(element.groupIds.map(groupOf), tally),
    locked: element.locked,
    link: linkOf(element, tally),
  }
}

const WEB = /^https?:\/\/\S+$/i

/** The address of an element; empty for none, and for one that is not of the web. */
function linkOf({ link }: Element, tally: Tally): string {
  if (link === null || link.trim() === '') return ''
  if (WEB.test(link) && link.length <= LIMITS.linkLength) return link
  tally.add('link')
  return ''
}

interface Outline {
  /** World units. */
  readonly width: number
  readonly dash: Dash
  readonly roughness: number
}

/** How careful an element is drawn of which the file does not say it. Excalidraw's own default. */
const DEFAULT_ROUGHNESS = 1
const MOST_ROUGHNESS = 4

export const outlineOf = (element: Element, tally: Tally): Outline => ({
  width: widthOf(element, 1, tally),
  dash: element.strokeStyle === 'dashed' || element.strokeStyle === 'dotted' ? element.strokeStyle : 'solid',
  roughness: Math.max(0, Math.min(MOST_ROUGHNESS, element.roughness ?? DEFAULT_ROUGHNESS)),
})

/** `times` the nominal line width. */
export const widthOf = (element: Element, times: number, tally: Tally): number =>
  inRange((element.strokeWidth || DEFAULT_WIDTH) * times, 0.1, 200, tally)

/** `groups`, the innermost first. The outer ones hold a drawing together: where there are too many, they are kept. */
export function nested(groups: readonly string[], tally: Tally): readonly string[] {
  if (groups.length <= LIMITS.groupDepth) return groups
  tally.add('groups')
  return groups.slice(-LIMITS.groupDepth)
}

interface Fill {
  readonly fill: string
  readonly fillStyle: FillStyle
}

export const NO_FILL: Fill = { fill: 'transparent', fillStyle: 'solid' }

const FILL_STYLES: ReadonlyMap<string | null, FillStyle> = new Map([
  [null, 'solid'],
  ['solid', 'solid'],
  ['hachure', 'hachure'],
  ['cross-hatch', 'cross'],
  ['dots', 'dots'],
])

/** The fill of an element that has an inside. */
export function fillOf(element: Element, tally: Tally): Fill {
  const fill = colour(element.backgroundColor, 'transparent', tally)
  const fillStyle = FILL_STYLES.get(element.fillStyle)
  if (fill !== 'transparent' && !fillStyle) tally.add('pattern')
  return { fill, fillStyle: fillStyle ?? 'hachure' }
}

/** Where the words of a label stand in its figure. */
export const placeOf = (label: Element): { readonly align: TextAlign; readonly valign: VerticalAlign } => ({
  align: label.textAlign === 'left' || label.textAlign === 'right' ? label.textAlign : 'center',
  valign: label.verticalAlign === 'top' || label.verticalAlign === 'bottom' ? label.verticalAlign : 'middle',
})

function colour(css: unknown, fallback: string, tally: Tally): string {
  if (css === null || css === undefined || css === '') return fallback
  const parsed = typeof css === 'string' ? parseCssColour(css) : undefined
  if (parsed === undefined) tally.add('colour')
  return parsed ?? fallback
}

function inRange(n: number, least: number, most: number, tally: Tally): number {
  if (n < least || n > most) tally.add('range')
  return Math.max(least, Math.min(most, n))
}

/** Whether edges are rounded. Old files have `strokeSharpness` instead of `roundness`. */
export const isRound = (element: Element): boolean =>
  element.roundness !== null || element.strokeSharpness === 'round'

/** Excalidraw's own numbers: a quarter of the shorter side, which the adaptive kind holds at 32 world units. */
const CORNER_SHARE = 0.25
const ADAPTIVE = 3
const ADAPTIVE_CORNER = 32

/** The corner radius of a rectangle with sides `w` and `h`; world units. */
export function cornerOf(element: Element, w: number, h: number): number {
  if (!isRound(element)) return 0
  const share = Math.min(w, h) * CORNER_SHARE
  const most = element.roundness?.type === ADAPTIVE ? (element.roundness.value ?? ADAPTIVE_CORNER) : 10_000
  return Math.max(0, Math.min(share, most, 10_000))
}

/** Arrow heads by their names in the file, and whether ours is only similar. */
const HEADS: ReadonlyMap<unknown, readonly [ArrowHead, 'same' | 'similar']> = new Map([
  ['arrow', ['arrow', 'same']],
  ['bar', ['bar', 'same']],
  ['dot', ['dot', 'same']],
  ['circle', ['dot', 'same']],
  ['circle_outline', ['dot-outline', 'same']],
  ['triangle', ['triangle', 'same']],
  ['triangle_outline', ['triangle-outline', 'same']],
  ['diamond', ['diamond', 'same']],
  ['diamond_outline', ['diamond-outline', 'same']],
  ['crowfoot_one', ['one', 'same']],
  ['crowfoot_many', ['many', 'same']],
  ['crowfoot_one_or_many', ['one-or-many', 'same']],
  ['cardinality_one', ['one', 'same']],
  ['cardinality_many', ['many', 'same']],
  ['cardinality_one_or_many', ['one-or-many', 'same']],
  ['cardinality_exactly_one', ['one', 'similar']],
  ['cardinality_zero_or_one', ['one', 'similar']],
  ['cardinality_zero_or_many', ['many', 'similar']],
  ['none', ['none', 'same']],
] as const)

export function headOf(name: unknown, tally: Tally): ArrowHead {
  if (name === null || name === undefined) return 'none'
  const [head, fidelity] = HEADS.get(name) ?? ['arrow', 'similar']
  if (fidelity === 'similar') tally.add('head')
  return head
}

/** The numbers that stand for font families, by their names in the format: hand-drawn ones, and ones for code. */
const HAND: ReadonlySet<number> = new Set([1 /* Virgil */, 4, 5 /* Excalifont */])
const MONO: ReadonlySet<number> = new Set([3 /* Cascadia */, 8 /* Comic Shanns */])

export interface Letters {
  readonly font: FontName
  readonly fontSize: number
}

export function lettersOf(element: Element, tally: Tally): Letters {
  const [, size, family = ''] = /^([\d.]+)px (.{1,40})$/.exec(element.font ?? '') ?? []
  const wanted = element.fontSize ?? (Number(size) || DEFAULT_FONT_SIZE)
  return { font: fontOf(element.fontFamily, family), fontSize: inRange(wanted, 1, 2000, tally) }
}

function fontOf(family: number | null, legacy: string): FontName {
  if (family === null) return legacy === 'Cascadia' ? 'mono' : legacy === 'Helvetica' ? 'sans' : 'hand'
  if (MONO.has(family)) return 'mono'
  return HAND.has(family) ? 'hand' : 'sans'
}
