import { boxAround, centreOf } from '../../../shared/geometry/box.ts'
import type { Ink } from '../../../shared/geometry/ink.ts'
import { WIDTH_PER_NOMINAL } from '../../../shared/geometry/strokes.ts'
import { rotateAbout, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { type InkShape, inkKeys } from '../../../shared/shapes/ink.ts'
import { pathBox, pathThrough } from '../../../shared/shapes/path.ts'
import type { Tally } from '../notices.ts'
import { type Bonds, bindingOf } from './bonds.ts'
import { labelOf } from './boxes.ts'
import type { Element } from './element.ts'
import { fillOf, headOf, isRound, type Look, NO_FILL, nested, outlineOf, widthOf } from './style.ts'

/** World units. The ends of a line that are this near make it a loop, which is filled. Excalidraw's own number. */
const LOOP_WITHIN = 8

/**
 * A line's or drawing's points in world space, undefined when one of them cannot be read. The oldest files have
 * only a width and a height.
 */
function pointsOf(element: Element): readonly Vec[] | undefined {
  const { x, y, points } = element
  const all: Vec[] = []
  for (const point of Array.isArray(points) ? points : []) {
    if (!isPoint(point)) return undefined
    all.push([x + point[0], y + point[1]])
  }
  if (all.length > 1 || (all.length === 1 && element.type === 'freedraw')) return all
  if (element.width === null || element.height === null) return undefined
  return [
    [x, y],
    [x + element.width, y + element.height],
  ]
}

const isPoint = (point: unknown): point is Vec =>
  Array.isArray(point) && point.length >= 2 && isCoordinate(point[0]) && isCoordinate(point[1])

const isCoordinate = (n: unknown): boolean => typeof n === 'number' && Math.abs(n) <= LIMITS.coordinate

const isLoop = (points: readonly Vec[]): boolean => {
  const [a, b] = [points[0], points[points.length - 1]]
  return (
    a !== undefined &&
    b !== undefined &&
    points.length > 2 &&
    Math.hypot(a[0] - b[0], a[1] - b[1]) <= LOOP_WITHIN
  )
}

/** A line or an arrow; several shapes when it has too many points for one. Undefined when it cannot be read. */
export function readPath(
  element: Element,
  look: Look,
  label: Element | undefined,
  bonds: Bonds,
  group: () => string,
  tally: Tally,
): KnownShape[] | undefined {
  const points = pointsOf(element)
  if (!points) return undefined
  const isArrow = element.type === 'arrow'
  const keys = { ...look, ...outlineOf(element, tally), id: '', curved: isRound(element) && !element.elbowed }
  const fill = !isArrow && isLoop(points) ? fillOf(element, tally) : NO_FILL
  const arrow = isArrow ? arrowKeys(element, label, points, bonds, tally) : undefined
  if (points.length < LIMITS.linePoints) {
    const through = pathThrough(fill.fill === 'transparent' ? points : closed(points))
    return [
      arrow
        ? makeShape('arrow', { ...keys, ...arrow, ...through })
        : makeShape('line', { ...keys, ...fill, ...through }),
    ]
  }
  tally.add('split')
  const groups = nested([group(), ...look.groups], tally)
  const upright = turned(points, look.rot, keys.curved)
  const pieces = piecesOf(upright.length, LIMITS.linePoints).map(([from, to], i, all): KnownShape => {
    const piece = { ...keys, rot: 0, groups, ...pathThrough(upright.slice(from, to)) }
    if (!arrow) return makeShape('line', piece)
    const { tail, head } = arrow
    const ends = { tail: i === 0 ? tail : 'none', head: i === all.length - 1 ? head : 'none' } as const
    return makeShape('arrow', { ...piece, ...ends })
  })
  return [...inside(upright, fill.fill, { ...look, groups }), ...pieces]
}

/** The keys that an arrow has and a line does not. */
function arrowKeys(
  element: Element,
  label: Element | undefined,
  points: readonly Vec[],
  bonds: Bonds,
  tally: Tally,
) {
  return {
    ...headsOf(element, tally),
    elbow: element.elbowed,
    start: bindingOf(element.startBinding, points[0] as Vec, bonds),
    end: bindingOf(element.endBinding, points[points.length - 1] as Vec, bonds),
    ...(label ? labelOf(label, tally) : {}),
  }
}

const headsOf = (element: Element, tally: Tally) => ({
  tail: headOf(element.startArrowhead, tally),
  head: element.endArrowhead === undefined ? ('arrow' as const) : headOf(element.endArrowhead, tally),
})

/** Excalidraw draws a stroke 4.25 times as wide as its nominal width. */
export const WIDTH_RATIO = 4.25 / WIDTH_PER_NOMINAL
/** The pressure at which Excalidraw draws just that width, and so what a stroke is written with that is one width all along. */
export const STEADY_PRESSURE = 2 / 9
/** Fraction bits of a coordinate: a 64th of a world unit, good for drawings made at a zoom of 400 %. */
const PRECISION = 6
/** Of one piece of a stroke that is split: at 12 bytes or less each they stay below LIMITS.inkBytes. */
const PIECE_POINTS = 16_000

/** A freehand drawing; several shapes when it is filled, or too long for one. Undefined when it cannot be read. */
export function readInk(
  element: Element,
  look: Look,
  group: () => string,
  tally: Tally,
): KnownShape[] | undefined {
  const points = pointsOf(element)
  if (!points) return undefined
  const hasPressure = !element.simulatePressure && element.pressures.length > 0
  const steady = hasPressure && element.pressures.every(p => Math.abs(p - STEADY_PRESSURE) < 1e-6)
  const pressures = hasPressure && !steady ? element.pressures : null
  const { fill } = isLoop(points) ? fillOf(element, tally) : NO_FILL
  const keys = { ...look, width: widthOf(element, WIDTH_RATIO, tally), steady }
  return inkShapes({ points, pressures }, keys, fill, group, tally)
}

/** A stroke in world space; several shapes when it is filled, or too long for one. */
export function inkShapes(
  { points, pressures }: Ink,
  look: Look & Partial<Pick<InkShape, 'width' | 'brush' | 'steady'>>,
  fill: string,
  group: () => string,
  tally: Tally,
): KnownShape[] {
  const keys = { ...look, id: '' }
  // Two bytes a point is the least, so a stroke longer than that need not be tried as one.
  const whole = points.length * 2 > LIMITS.inkBytes ? undefined : inkKeys({ points, pressures }, PRECISION)
  const fits = whole !== undefined && whole.ink.length <= LIMITS.inkBytes
  if (fits && fill === 'transparent') return [makeShape('ink', { ...keys, ...whole })]
  if (!fits) tally.add('split')
  const groups = nested([group(), ...look.groups], tally)
  const upright = turned(points, look.rot, false)
  const pieces = piecesOf(upright.length, fits ? points.length : PIECE_POINTS).map(([from, to]) => {
    const ink = { points: upright.slice(from, to), pressures: pressures?.slice(from, to) ?? null }
    return makeShape('ink', { ...keys, rot: 0, groups, ...inkKeys(ink, PRECISION) })
  })
  return [...inside(upright, fill, { ...look, groups }), ...pieces]
}

/** The points with the rotation about their common middle worked in, so that pieces of them need none. */
function turned(points: readonly Vec[], rot: number, curved: boolean): readonly Vec[] {
  if (rot === 0) return points
  const box = curved
    ? pathBox(makeShape('line', { id: '', curved, ...pathThrough(points) }))
    : boxAround(points)
  const centre = centreOf(box)
  return points.map(p => rotateAbout(p, centre, rot))
}

/** Ranges [from, to) of at most `most` points, each beginning at the point where the last one ends. */
function piecesOf(count: number, most: number): readonly (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [[0, Math.min(count, most)]]
  for (let from = most - 1; from < count - 1; from += most - 1)
    ranges.push([from, Math.min(count, from + most)])
  return ranges
}

/** The points with the first again at the end, unless it is there already. */
function closed(points: readonly Vec[]): readonly Vec[] {
  const [first, last] = [points[0] as Vec, points[points.length - 1] as Vec]
  return first[0] === last[0] && first[1] === last[1] ? points : [...points, first]
}

/** The fill of an outline that is drawn by other shapes above it: of as many of its points as a line may have. */
function inside(outline: readonly Vec[], fill: string, look: Look): KnownShape[] {
  if (fill === 'transparent') return []
  const step = Math.ceil(outline.length / (LIMITS.linePoints - 1))
  const points = closed(outline.filter((_, i) => i % step === 0))
  const { groups, opacity, locked, link } = look
  const keys = { id: '', groups, opacity, locked, link, stroke: 'transparent', fill }
  return [makeShape('line', { ...keys, ...pathThrough(points) })]
}
