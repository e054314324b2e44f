import { lerp, type Vec } from './vec.ts'

/** The distance from `p` to the segment a-b. */
export function distanceToSegment(p: Vec, a: Vec, b: Vec): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

/** The distance from `p` to the open polyline; infinite when it has no points. */
export function distanceToPolyline(p: Vec, points: readonly Vec[]): number {
  const first = points[0]
  if (!first) return Infinity
  let nearest = distanceToSegment(p, first, first)
  for (let i = 1; i < points.length; i++) {
    nearest = Math.min(nearest, distanceToSegment(p, points[i - 1] as Vec, points[i] as Vec))
  }
  return nearest
}

/** The point of the closed polygon's edge that is nearest to `p`; `p` itself when there is no edge. */
export function nearestOn(p: Vec, polygon: readonly Vec[]): Vec {
  let nearest = p
  let least = Infinity
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[j] as Vec
    const b = polygon[i] as Vec
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const length2 = dx * dx + dy * dy
    const along = length2 === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
    const q = lerp(a, b, Math.max(0, Math.min(1, along)))
    const away = Math.hypot(p[0] - q[0], p[1] - q[1])
    if (away >= least) continue
    least = away
    nearest = q
  }
  return nearest
}

/** Whether `p` lies inside the closed polygon (even-odd rule). */
export function polygonContains(polygon: readonly Vec[], [x, y]: Vec): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Vec
    const [xj, yj] = polygon[j] as Vec
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Whether the segments a-b and c-d share a point. */
export function segmentsMeet(a: Vec, b: Vec, c: Vec, d: Vec): boolean {
  const cross = (o: Vec, p: Vec, q: Vec) => (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0])
  const d1 = cross(c, d, a)
  const d2 = cross(c, d, b)
  const d3 = cross(a, b, c)
  const d4 = cross(a, b, d)
  if (d1 > 0 !== d2 > 0 && d3 > 0 !== d4 > 0) return true
  const near = 1e-9
  return (
    distanceToSegment(a, c, d) < near ||
    distanceToSegment(b, c, d) < near ||
    distanceToSegment(c, a, b) < near ||
    distanceToSegment(d, a, b) < near
  )
}

/** Segments that one span of a curve is drawn with: smooth up to about 30x zoom at ordinary lengths. */
export const STEPS_PER_SPAN = 24

/**
 * Points along the smooth curve through `points`: a uniform Catmull-Rom spline (cubic Hermite form)
 * whose end tangents point along the first and last segments.
 */
export function smoothThrough(points: readonly Vec[]): readonly Vec[] {
  if (points.length < 3) return points
  const out: Vec[] = [points[0] as Vec]
  for (let i = 0; i < points.length - 1; i++) {
    const p1 = points[i] as Vec
    const p2 = points[i + 1] as Vec
    const p0 = points[i - 1] ?? p1
    const p3 = points[i + 2] ?? p2
    for (let s = 1; s <= STEPS_PER_SPAN; s++) out.push(catmullRom(p0, p1, p2, p3, s / STEPS_PER_SPAN))
  }
  return out
}

function catmullRom(p0: Vec, p1: Vec, p2: Vec, p3: Vec, t: number): Vec {
  const at = (k: 0 | 1) => {
    const m1 = (p2[k] - p0[k]) / 2
    const m2 = (p3[k] - p1[k]) / 2
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * p1[k] + (t3 - 2 * t2 + t) * m1 + (-2 * t3 + 3 * t2) * p2[k] + (t3 - t2) * m2
    )
  }
  return [at(0), at(1)]
}

/** The length of the open polyline. */
export function polylineLength(points: readonly Vec[]): number {
  let total = 0
  for (let i = 1; i < points.length; i++) total += Math.hypot(...deltaAt(points, i))
  return total
}

/** The point halfway along the polyline by length. */
export function middleOf(points: readonly Vec[]): Vec {
  const first = points[0] ?? [0, 0]
  let left = polylineLength(points) / 2
  for (let i = 1; i < points.length; i++) {
    const length = Math.hypot(...deltaAt(points, i))
    if (length >= left && length > 0) return lerp(points[i - 1] as Vec, points[i] as Vec, left / length)
    left -= length
  }
  return first
}

function deltaAt(points: readonly Vec[], i: number): Vec {
  const a = points[i - 1] as Vec
  const b = points[i] as Vec
  return [b[0] - a[0], b[1] - a[1]]
}

/** `count` points along the polyline, evenly by length, both ends among them. A single point is all of it. */
export function pointsAlong(points: readonly Vec[], count: number): readonly Vec[] {
  const first = points[0]
  if (!first || points.length === 1) return points
  let total = 0
  for (let i = 1; i < points.length; i++) total += Math.hypot(...deltaAt(points, i))
  const out: Vec[] = [first]
  let passed = 0
  for (let i = 1; i < points.length; i++) {
    const length = Math.hypot(...deltaAt(points, i))
    for (;;) {
      const wanted = (out.length * total) / (count - 1)
      if (out.length >= count - 1 || passed + length < wanted) break
      out.push(lerp(points[i - 1] as Vec, points[i] as Vec, length === 0 ? 0 : (wanted - passed) / length))
    }
    passed += length
  }
  return [...out, points[points.length - 1] as Vec]
}
