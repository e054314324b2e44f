import { centreOf } from '../geometry/box.ts'
import { type ElbowEnd, elbowRoute } from '../geometry/elbow.ts'
import { nearestOn, polygonContains, STEPS_PER_SPAN, smoothThrough } from '../geometry/polyline.ts'
import type { LineWidth } from '../geometry/text.ts'
import { distance, lerp, rotateAbout, type Vec } from '../geometry/vec.ts'
import { LIMITS } from '../schema/limits.ts'
import type { Binding } from '../schema/prop.ts'
import type { Arrow } from './arrow.ts'
import { type KnownShape, type Shape, type ShapeId, shapeBounds, shapeBox, shapeOutline } from './index.ts'
import { pathPoints, pathThrough } from './path.ts'

/** Finds a shape by its id. */
export type FindShape = (id: ShapeId) => Shape | undefined

/** World units between the edge of what holds an end and the tip of the arrow, on top of both their lines. */
const GAP = 4
/** An end this far from the middle of its shape, as a share of the width and the height, aims at the middle. */
const CENTRAL = 1 / 6
/** How far inside of the edge an end is held that was let go beside it; a share of the way to the middle. */
const INSIDE = 0.02
/** World units by which an end may move, through rounding, without having been moved. */
const STILL = 0.05

/** Whether ends of arrows can be held by the shape: what has an inside. */
export const holdsArrows = (shape: Shape | undefined): shape is KnownShape =>
  shape !== undefined &&
  shape.type !== 'unreadable' &&
  !('points' in shape) &&
  !('ink' in shape) &&
  ('size' in shape || 'text' in shape)

/** What holds an end that is let go at `p` (world space) in or beside `shape`: with `isPrecise` never the middle instead. */
export function bindingAt(shape: KnownShape, p: Vec, lineWidth: LineWidth, isPrecise = false): Binding {
  const box = shapeBox(shape, lineWidth)
  const centre = centreOf(box)
  const outline = shapeOutline(shape, lineWidth)
  const own = rotateAbout(p, centre, -shape.rot)
  const held = polygonContains(outline, own) ? own : lerp(nearestOn(own, outline), centre, INSIDE)
  const u = box.w === 0 ? 0.5 : share((held[0] - box.x) / box.w)
  const v = box.h === 0 ? 0.5 : share((held[1] - box.y) / box.h)
  const isCentral = Math.abs(u - 0.5) <= CENTRAL && Math.abs(v - 0.5) <= CENTRAL
  return isCentral && !isPrecise ? [shape.id, 0.5, 0.5] : [shape.id, u, v]
}

/** Whether `p` (world space) lies in the edge of `shape`. */
export const liesIn = (shape: KnownShape, p: Vec, lineWidth: LineWidth): boolean =>
  polygonContains(
    shapeOutline(shape, lineWidth),
    rotateAbout(p, centreOf(shapeBox(shape, lineWidth)), -shape.rot),
  )

/** Rounded: finer steps than a screen can show of any shape. */
const share = (n: number): number => Math.round(Math.max(0, Math.min(1, n)) * 10_000) / 10_000

/**
 * The arrow as it is seen: its held ends at the edges of what holds them, an elbow led around those. Where nothing holds it
 * any more, it is as it is stored; then the same object is returned.
 */
export function resolveArrow(arrow: Arrow, find: FindShape, lineWidth: LineWidth): Arrow {
  const start = holderOf(arrow, arrow.start, find, lineWidth)
  const end = holderOf(arrow, arrow.end, find, lineWidth)
  if (!start && !end) return arrow
  const points = [...arrowPoints(arrow)]
  if (points.length < 2) return arrow
  if (start) points[0] = start.at
  if (end) points[points.length - 1] = end.at
  const seen = trimmed(arrow.elbow ? routed(arrow, points, start, end) : points, arrow, start, end)
  const placed = pathThrough(seen.map(rounded))
  return { ...arrow, rot: 0, pos: placed.pos, points: placed.points.map(clamped) }
}

/** The points of the arrow in world space, its rotation applied. */
export function arrowPoints(arrow: Arrow): readonly Vec[] {
  const points = pathPoints(arrow)
  if (arrow.rot === 0) return points
  // Measures no letters: a path's box is that of its line.
  const centre = centreOf(shapeBox(arrow, () => 0))
  return points.map(p => rotateAbout(p, centre, arrow.rot))
}

/**
 * What still holds an arrow that changed from `before` to `after`: an end lets go of its shape when it was moved away from
 * where it was, and the shape was not moved along.
 */
export function heldAfter(
  before: Arrow,
  after: Arrow,
  isMoved: (id: ShapeId) => boolean,
): Pick<Arrow, 'start' | 'end'> {
  const from = arrowPoints(before)
  const to = arrowPoints(after)
  const stays = (binding: Binding | null, a: Vec | undefined, b: Vec | undefined): boolean =>
    binding !== null &&
    (isMoved(binding[0]) || (a !== undefined && b !== undefined && distance(a, b) < STILL))
  return {
    start: stays(before.start, from[0], to[0]) ? before.start : null,
    end: stays(before.end, from.at(-1), to.at(-1)) ? before.end : null,
  }
}

/** What holds an end of an arrow. */
interface Holder extends Required<ElbowEnd> {
  /** World space, rotation applied. */
  readonly outline: readonly Vec[]
  /** World units between the outline and the end. */
  readonly gap: number
}

function holderOf(
  arrow: Arrow,
  binding: Binding | null,
  find: FindShape,
  lineWidth: LineWidth,
): Holder | undefined {
  if (!binding) return undefined
  const [id, u, v] = binding
  const shape = find(id)
  if (!holdsArrows(shape) || shape.page !== arrow.page) return undefined
  const own = shapeBox(shape, lineWidth)
  const centre = centreOf(own)
  const turned = (p: Vec): Vec => rotateAbout(p, centre, shape.rot)
  return {
    at: turned([own.x + u * own.w, own.y + v * own.h]),
    box: shapeBounds(shape, lineWidth),
    outline: shapeOutline(shape, lineWidth).map(turned),
    gap: GAP + arrow.width / 2 + ('width' in shape ? shape.width / 2 : 0),
  }
}

/** World units that an elbow keeps from its shapes: room for a head and the gap before it. */
const elbowMargin = (arrow: Arrow): number => 16 + 4 * arrow.width

function routed(
  arrow: Arrow,
  points: readonly Vec[],
  start: Holder | undefined,
  end: Holder | undefined,
): readonly Vec[] {
  const from = start ?? { at: points[0] as Vec }
  const to = end ?? { at: points[points.length - 1] as Vec }
  return elbowRoute(from, to, elbowMargin(arrow), arrow.bend)
}

/** A place on a polyline: 2.5 is halfway between its third point and its fourth. */
type Place = number

/** The points without what lies in the shapes at both ends, or too close to them. */
function trimmed(
  points: readonly Vec[],
  { curved, elbow }: Arrow,
  start: Holder | undefined,
  end: Holder | undefined,
): readonly Vec[] {
  const isSmooth = curved && !elbow && points.length > 2
  const line = isSmooth ? smoothThrough(points) : points
  const last = line.length - 1
  const back = [...line].reverse()
  let from = start ? leaving(line, start.outline) : 0
  let to = end ? last - leaving(back, end.outline) : last
  // In shapes that overlap there may be nothing left of it.
  if (from >= to) [from, to] = [0, last]
  const length = lengthOf(line, from, to)
  const gaps = (start?.gap ?? 0) + (end?.gap ?? 0)
  const k = gaps > length / 2 ? length / 2 / gaps : 1
  const first = start && from > 0 ? further(line, from, start.gap * k) : from
  const final = end && to < last ? last - further(back, last - to, end.gap * k) : to
  const perPoint = isSmooth ? STEPS_PER_SPAN : 1
  const between = points.filter((_, i) => i * perPoint > first && i * perPoint < final)
  return [pointAt(line, first), ...between, pointAt(line, final)]
}

/** Where a line that begins in a closed outline leaves it for good, on its first way out; 0 when it never does. */
function leaving(line: readonly Vec[], outline: readonly Vec[]): Place {
  for (let i = 0; i + 1 < line.length; i++) {
    const to = line[i + 1] as Vec
    if (polygonContains(outline, to)) continue
    return i + lastCrossing(line[i] as Vec, to, outline)
  }
  return 0
}

/** How far from `a` to `b`, 0 to 1, the way crosses the closed outline for the last time; 0 when it does not. */
function lastCrossing(a: Vec, b: Vec, outline: readonly Vec[]): number {
  let last = 0
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const c = outline[j] as Vec
    const d = outline[i] as Vec
    const ex = d[0] - c[0]
    const ey = d[1] - c[1]
    const cross = dx * ey - dy * ex
    if (cross === 0) continue
    const t = ((c[0] - a[0]) * ey - (c[1] - a[1]) * ex) / cross
    const s = ((c[0] - a[0]) * dy - (c[1] - a[1]) * dx) / cross
    if (t > last && t <= 1 && s >= 0 && s <= 1) last = t
  }
  return last
}

/** The place `length` further along the line than `place`, its end at most. */
function further(line: readonly Vec[], place: Place, length: number): Place {
  let left = length
  let at = place
  while (at < line.length - 1) {
    const next = Math.floor(at) + 1
    const span = distance(pointAt(line, at), line[next] as Vec)
    if (span >= left && span > 0) return at + (next - at) * (left / span)
    left -= span
    at = next
  }
  return at
}

function lengthOf(line: readonly Vec[], from: Place, to: Place): number {
  let length = 0
  for (let at = from; at < to; ) {
    const next = Math.min(to, Math.floor(at) + 1)
    length += distance(pointAt(line, at), pointAt(line, next))
    at = next
  }
  return length
}

function pointAt(line: readonly Vec[], place: Place): Vec {
  const i = Math.min(line.length - 1, Math.floor(place))
  const a = line[i] as Vec
  return lerp(a, line[i + 1] ?? a, place - i)
}

/** Steps per world unit: as fine as points are packed, so that an arrow that is written reads as it was seen. */
const STEPS = 1024

const rounded = ([x, y]: Vec): Vec => [
  clamped(Math.round(x * STEPS) / STEPS),
  clamped(Math.round(y * STEPS) / STEPS),
]

const clamped = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))
