import type { Box } from '../../shared/geometry/box.ts'
import type { Ink } from '../../shared/geometry/ink.ts'
import { strokeOutline, WIDTH_PER_NOMINAL } from '../../shared/geometry/strokes.ts'
import { distance, lerp, type Vec } from '../../shared/geometry/vec.ts'

/** Contours are closed runs of points, filled by the nonzero rule. Lengths and tolerances are world units. */
export type Contour = readonly Vec[]

/** Enough for a circle of 10,000 pixels; only circles that are far larger than any screen would take more. */
const MOST_ARC_STEPS = 720

/** Segments for an arc that stays within `tolerance` of the circle. */
function arcSteps(radius: number, angle: number, tolerance: number): number {
  if (radius <= tolerance) return 1
  const steps = Math.ceil(Math.abs(angle) / (2 * Math.acos(1 - tolerance / radius)))
  return Math.max(1, Math.min(MOST_ARC_STEPS, steps))
}

/** Points from `from` to `to` (radians, either way round), both ends included. */
export function arc(centre: Vec, rx: number, ry: number, from: number, to: number, tolerance: number): Vec[] {
  const steps = arcSteps(Math.max(rx, ry), to - from, tolerance)
  return Array.from({ length: steps + 1 }, (_, i): Vec => {
    const angle = from + ((to - from) * i) / steps
    return [centre[0] + Math.cos(angle) * rx, centre[1] + Math.sin(angle) * ry]
  })
}

/** The least number of corners that an ellipse is drawn with, however small. */
const LEAST_CORNERS = 8

/** Clockwise, starting at the right. */
export function ellipseContour({ x, y, w, h }: Box, tolerance: number): Contour {
  const radius = Math.max(w, h) / 2
  const steps = Math.max(LEAST_CORNERS, arcSteps(radius, 2 * Math.PI, tolerance))
  return Array.from({ length: steps }, (_, i): Vec => {
    const angle = (i / steps) * 2 * Math.PI
    return [x + w / 2 + (Math.cos(angle) * w) / 2, y + h / 2 + (Math.sin(angle) * h) / 2]
  })
}

/** Clockwise, starting at the top left corner's left end. */
export function roundedContour({ x, y, w, h }: Box, corner: number, tolerance: number): Contour {
  const r = Math.min(corner, w / 2, h / 2)
  const centres: readonly Vec[] = [
    [x + r, y + r],
    [x + w - r, y + r],
    [x + w - r, y + h - r],
    [x + r, y + h - r],
  ]
  if (r <= 0) return centres
  return centres.flatMap((centre, i) => {
    const from = Math.PI + (i * Math.PI) / 2
    return arc(centre, r, r, from, from + Math.PI / 2, tolerance)
  })
}

/**
 * The contour of a stroke along `points`, with round joins and caps. A closed stroke is an outer and an inner
 * ring, joined into one contour by a bridge that winds to nothing.
 */
export function strokeContour(
  points: readonly Vec[],
  width: number,
  closed: boolean,
  tolerance: number,
): Contour {
  const line = withoutDoubles(points, closed)
  const first = line[0]
  if (!first) return []
  const r = width / 2
  if (line.length === 1) return arc(first, r, r, 0, 2 * Math.PI, tolerance)
  if (closed && line.length > 2) {
    return bridged([offsetRing(line, r, tolerance), offsetRing([...line].reverse(), r, tolerance)])
  }
  const back = [...line].reverse()
  return [
    ...side(line, r, tolerance),
    ...cap(line, r, tolerance),
    ...side(back, r, tolerance),
    ...cap(back, r, tolerance),
  ]
}

/** The ring `r` to the left of a closed run of points: outside a clockwise one, inside it when r is negative. */
export function offsetRing(points: readonly Vec[], r: number, tolerance: number): Contour {
  const count = points.length
  return points.flatMap((p, i) =>
    join(points[(i + count - 1) % count] as Vec, p, points[(i + 1) % count] as Vec, r, tolerance),
  )
}

/** One contour out of many: bridges run there and back again, so they cover nothing. */
export function bridged(contours: readonly Contour[]): Contour {
  const out: Vec[] = []
  const starts: Vec[] = []
  for (const contour of contours) {
    const start = contour[0]
    if (!start) continue
    out.push(...contour, start)
    starts.unshift(start)
  }
  return contours.length > 1 ? [...out, ...starts] : (contours[0] ?? [])
}

/** The contour the way round that strokes run, so that overlapping contours add up. */
export function clockwise(contour: Contour): Contour {
  let area = 0
  for (let i = 0; i < contour.length; i++) {
    const [ax, ay] = contour[i] as Vec
    const [bx, by] = contour[(i + 1) % contour.length] as Vec
    area += ax * by - bx * ay
  }
  return area < 0 ? [...contour].reverse() : contour
}

/** The pieces of a line that a pen leaves which is down for `on` and up for `off` units. */
export function dashes(points: readonly Vec[], on: number, off: number): readonly (readonly Vec[])[] {
  const out: Vec[][] = []
  let current: Vec[] = points[0] ? [points[0]] : []
  let left = on
  let down = true
  for (let i = 1; i < points.length; i++) {
    let from = points[i - 1] as Vec
    const to = points[i] as Vec
    let length = Math.hypot(to[0] - from[0], to[1] - from[1])
    while (length >= left) {
      from = lerp(from, to, left / length)
      length -= left
      if (down) out.push([...current, from])
      down = !down
      current = [from]
      left = down ? on : off
    }
    left -= length
    if (length > 0) current.push(to)
  }
  if (down && current.length > 1) out.push(current)
  return out
}

/** The nominal width that a freehand stroke is drawn with, when thinner lines than `leastWidth` would break up. */
export const inkWidth = (width: number, leastWidth: number): number =>
  Math.max(width, leastWidth / WIDTH_PER_NOMINAL)

/** The outline of a freehand stroke: smooth through the middles of perfect-freehand's polygon. */
export function inkContour(ink: Ink, width: number, tolerance: number, steady = false): Contour {
  const corners = decimated(strokeOutline(ink, width, steady), tolerance)
  if (corners.length < 3) return corners
  const out: Vec[] = []
  let from = lerp(corners[corners.length - 1] as Vec, corners[0] as Vec, 0.5)
  for (let i = 0; i < corners.length; i++) {
    const corner = corners[i] as Vec
    const to = lerp(corner, corners[(i + 1) % corners.length] as Vec, 0.5)
    pushQuadratic(out, from, corner, to, tolerance)
    from = to
  }
  return out
}

/** Appends a quadratic Bezier curve, its start left out, flattened to within `tolerance`. */
function pushQuadratic(out: Vec[], a: Vec, b: Vec, c: Vec, tolerance: number): void {
  const bend = Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
  const steps = Math.max(1, Math.ceil(Math.sqrt(bend / (4 * tolerance))))
  for (let i = 1; i <= steps; i++) {
    const t = i / steps
    out.push(lerp(lerp(a, b, t), lerp(b, c, t), t))
  }
}

/** Drops the points that lie closer than `least` to the last one kept. */
function decimated(points: readonly Vec[], least: number): readonly Vec[] {
  const out: Vec[] = []
  let last: Vec | undefined
  for (const p of points) {
    if (last && Math.hypot(p[0] - last[0], p[1] - last[1]) < least) continue
    out.push(p)
    last = p
  }
  return out
}

function withoutDoubles(points: readonly Vec[], closed: boolean): readonly Vec[] {
  const out = points.filter((p, i) => {
    const last = points[i - 1]
    return !last || p[0] !== last[0] || p[1] !== last[1]
  })
  const [first, last] = [out[0], out[out.length - 1]]
  if (closed && first && last && out.length > 1 && first[0] === last[0] && first[1] === last[1]) out.pop()
  return out
}

/** The points `r` to the left of the open line, its joins included and its ends left square. */
function side(line: readonly Vec[], r: number, tolerance: number): Vec[] {
  const last = line.length - 1
  const out: Vec[] = [beside(line[0] as Vec, leftOf(line[0] as Vec, line[1] as Vec), r)]
  for (let i = 1; i < last; i++) {
    out.push(...join(line[i - 1] as Vec, line[i] as Vec, line[i + 1] as Vec, r, tolerance))
  }
  out.push(beside(line[last] as Vec, leftOf(line[last - 1] as Vec, line[last] as Vec), r))
  return out
}

/** The round cap at the end of the line, from its left to its right, both ends left out. */
function cap(line: readonly Vec[], r: number, tolerance: number): Vec[] {
  const end = line[line.length - 1] as Vec
  const [nx, ny] = leftOf(line[line.length - 2] as Vec, end)
  const from = Math.atan2(ny, nx)
  return arc(end, r, r, from, from + Math.PI, tolerance).slice(1, -1)
}

/** The points `r` to the left of the corner `p` of a line that comes from `before` and goes to `after`. */
function join(before: Vec, p: Vec, after: Vec, r: number, tolerance: number): Vec[] {
  const n = leftOf(before, p)
  const m = leftOf(p, after)
  const cos = n[0] * m[0] + n[1] * m[1]
  const turn = Math.atan2(n[0] * m[1] - n[1] * m[0], cos)
  const isOuter = turn * r > 0
  const reach = Math.abs(r * Math.tan(turn / 2))
  // Where the two offset lines meet: on the inside of a corner whose sides are long enough for it, and on the
  // outside of one that is nearly straight.
  const meets = isOuter
    ? cos > 0.5 && Math.abs(r) * (1 / Math.cos(turn / 2) - Math.cos(turn / 2)) < tolerance
    : reach <= Math.min(distance(before, p), distance(p, after))
  if (meets) {
    const k = r / (1 + cos)
    return [[p[0] + (n[0] + m[0]) * k, p[1] + (n[1] + m[1]) * k]]
  }
  if (!isOuter) return [beside(p, n, r), p, beside(p, m, r)]
  const from = Math.atan2(n[1] * r, n[0] * r)
  return arc(p, Math.abs(r), Math.abs(r), from, from + turn, tolerance)
}

/** The unit normal on the left of the way from a to b, seen with y pointing down. */
function leftOf(a: Vec, b: Vec): Vec {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length = Math.hypot(dx, dy) || 1
  return [dy / length, -dx / length]
}

const beside = (p: Vec, n: Vec, r: number): Vec => [p[0] + n[0] * r, p[1] + n[1] * r]
