import { distance, lerp, type Vec } from './vec.ts'

/** A part of a polyline, from and to, in points from its beginning: 2.5 is halfway between the third and the fourth. */
type Stretch = readonly [from: number, to: number]

/** The way of a cutter: all that lies within `radius` of the segment from `from` to `to`. */
export interface Sweep {
  readonly from: Vec
  readonly to: Vec
  readonly radius: number
}

/**
 * What a sweep leaves of those `stretches` of a polyline; the very same list where it touches none. What would be
 * left shorter than `least` goes too.
 */
export function stretchesLeft(
  points: readonly Vec[],
  stretches: readonly Stretch[],
  sweep: Sweep,
  least: number,
): readonly Stretch[] {
  const left = stretches.map(stretch => leftOf(points, stretch, sweep))
  if (left.every((parts, i) => parts.length === 1 && parts[0] === stretches[i])) return stretches
  return left.flatMap((parts, i) =>
    parts.filter(part => part === stretches[i] || lengthOf(pointsOf(points, part)) >= least),
  )
}

/** The stretch itself where the sweep does not touch it. */
function leftOf(points: readonly Vec[], stretch: Stretch, sweep: Sweep): readonly Stretch[] {
  const [from, to] = stretch
  if (from === to) {
    const at = pointAt(points, from)
    return within(at, at, sweep) ? [] : [stretch]
  }
  const left: Stretch[] = []
  let isCut = false
  let start = from
  for (let i = Math.floor(from); i < to; i++) {
    const hit = within(points[i] as Vec, points[i + 1] as Vec, sweep)
    if (!hit || i + hit[1] < from || i + hit[0] > to) continue
    isCut = true
    if (i + hit[0] > start) left.push([start, i + hit[0]])
    start = Math.max(start, i + hit[1])
  }
  if (!isCut) return [stretch]
  if (start < to) left.push([start, to])
  return left
}

/** Where (0 to 1, from a to b) a segment lies within a sweep: one interval, since a sweep is convex. */
function within(a: Vec, b: Vec, { from, to, radius }: Sweep): readonly [number, number] | undefined {
  const { min, max } = Math
  if (max(a[0], b[0]) < min(from[0], to[0]) - radius || min(a[0], b[0]) > max(from[0], to[0]) + radius) return
  if (max(a[1], b[1]) < min(from[1], to[1]) - radius || min(a[1], b[1]) > max(from[1], to[1]) + radius) return
  const hits = [inDisc(a, b, from, radius), inDisc(a, b, to, radius), inBand(a, b, from, to, radius)].filter(
    hit => hit !== undefined,
  )
  if (hits.length === 0) return undefined
  return [min(...hits.map(([start]) => start)), max(...hits.map(([, end]) => end))]
}

function inDisc(a: Vec, b: Vec, centre: Vec, radius: number): readonly [number, number] | undefined {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const [x, y] = [a[0] - centre[0], a[1] - centre[1]]
  const square = dx * dx + dy * dy
  const c = x * x + y * y - radius * radius
  if (square === 0) return c <= 0 ? [0, 1] : undefined
  const half = (x * dx + y * dy) / square
  const root = half * half - c / square
  if (root < 0) return undefined
  return clipped(-half - Math.sqrt(root), -half + Math.sqrt(root))
}

/** The part of a-b beside the segment c-d, no further away than `radius`. */
function inBand(a: Vec, b: Vec, c: Vec, d: Vec, radius: number): readonly [number, number] | undefined {
  const length = distance(c, d)
  if (length === 0) return undefined
  const [ux, uy] = [(d[0] - c[0]) / length, (d[1] - c[1]) / length]
  const along = (p: Vec) => (p[0] - c[0]) * ux + (p[1] - c[1]) * uy
  const across = (p: Vec) => (p[1] - c[1]) * ux - (p[0] - c[0]) * uy
  const lengthwise = between(along(a), along(b), 0, length)
  const crosswise = between(across(a), across(b), -radius, radius)
  if (!lengthwise || !crosswise) return undefined
  return clipped(Math.max(lengthwise[0], crosswise[0]), Math.min(lengthwise[1], crosswise[1]))
}

/** Where a value that goes evenly from `a` to `b` lies between `low` and `high`. */
function between(a: number, b: number, low: number, high: number): readonly [number, number] | undefined {
  if (a === b) return a >= low && a <= high ? [0, 1] : undefined
  const [s, t] = [(low - a) / (b - a), (high - a) / (b - a)]
  return clipped(Math.min(s, t), Math.max(s, t))
}

function clipped(start: number, end: number): readonly [number, number] | undefined {
  const [s, e] = [Math.max(0, start), Math.min(1, end)]
  return s <= e ? [s, e] : undefined
}

/** The points of a stretch, its ends between two points of the polyline included. */
export function pointsOf(points: readonly Vec[], [from, to]: Stretch): readonly Vec[] {
  if (from === to) return [pointAt(points, from)]
  const inner = points.slice(Math.floor(from) + 1, Math.ceil(to))
  return [pointAt(points, from), ...inner, pointAt(points, to)]
}

/** As pointsOf, for a number that belongs to each point. */
export function valuesOf(values: readonly number[], [from, to]: Stretch): readonly number[] {
  const at = (place: number) => {
    const i = Math.floor(place)
    const a = values[i] ?? 0
    return a + ((values[i + 1] ?? a) - a) * (place - i)
  }
  if (from === to) return [at(from)]
  return [at(from), ...values.slice(Math.floor(from) + 1, Math.ceil(to)), at(to)]
}

function pointAt(points: readonly Vec[], place: number): Vec {
  const i = Math.floor(place)
  const a = points[i] as Vec
  return lerp(a, points[i + 1] ?? a, place - i)
}

const lengthOf = (points: readonly Vec[]): number =>
  points.reduce((sum, p, i) => sum + (i === 0 ? 0 : distance(p, points[i - 1] as Vec)), 0)
