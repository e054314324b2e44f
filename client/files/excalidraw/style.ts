import type { FontName } from '../../../shared/geometry/text.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { ArrowHead } from '../../../shared/shapes/arrow.ts'
import { DEFAULT_STROKE } from '../../../shared/shapes/common.ts'
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
}

/** The keys that every element has. `groupOf` gives the provisional id of one of the file's groups. */
export function lookOf(element: Element, groupOf: (name: string) => string, tally: Tally): Look {
  if (element.link) tally.add('link')
  if (element.locked) tally.add('locked')
  return {
    rot: (element.angle ?? 0) % (2 * Math.PI),
    opacity: Math.max(0, Math.min(100, element.opacity ?? 100)) / 100,
    stroke: colour(element.strokeColor, DEFAULT_STROKE, tally),
    groups: nested(element.groupIds.map(groupOf), tally),
  }
}

/** The width of the outline, in world units. All ours are solid. */
export function outlineOf(element: Element, tally: Tally): { readonly width: number } {
  if (element.strokeStyle === 'dashed' || element.strokeStyle === 'dotted') tally.add('dashed')
  return { width: widthOf(element, 1, tally) }
}

/** `times` the nominal line width. */
export const widthOf = (element: Element, times: number, tally: Tally): number =>
  inRange((element.strokeWidth || DEFAULT_WIDTH) * times, 0.1, 200, tally)

/** `groups`, the innermost first. The outer ones hold a drawing together: where there are too many, they are kept. */
export function nested(groups: readonly string[], tally: Tally): readonly string[] {
  if (groups.length <= LIMITS.groupDepth) return groups
  tally.add('groups')
  return groups.slice(-LIMITS.groupDepth)
}

/** The fill of an element that has an inside. */
export function fillOf(element: Element, tally: Tally): string {
  const fill = colour(element.backgroundColor, 'transparent', tally)
  const isPattern = element.fillStyle !== null && element.fillStyle !== 'solid'
  if (fill !== 'transparent' && isPattern) tally.add('pattern')
  return fill
}

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
  ['circle_outline', ['dot', 'similar']],
  ['triangle', ['triangle', 'same']],
  ['triangle_outline', ['triangle', 'similar']],
  ['diamond', ['diamond', 'same']],
  ['diamond_outline', ['diamond', 'similar']],
  ['crowfoot_one', ['bar', 'similar']],
  ['cardinality_one', ['bar', 'similar']],
  ['cardinality_exactly_one', ['bar', 'similar']],
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
