import { distanceToSegment } from './polyline.ts'
import type { Vec } from './vec.ts'

/** The polyline with as few of its points as stay within `tolerance` of it, by Douglas and Peucker. */
export function simplified(points: readonly Vec[], tolerance: number): readonly Vec[] {
  if (points.length < 3) return points
  const kept = new Set([0, points.length - 1])
  const open: (readonly [number, number])[] = [[0, points.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span
    const furthest = furthestBetween(points, from, to, tolerance)
    if (furthest === undefined) continue
    kept.add(furthest)
    open.push([from, furthest], [furthest, to])
  }
  return points.filter((_, i) => kept.has(i))
}

/** The index of the point furthest from the chord; undefined where all are within `tolerance`. */
function furthestBetween(
  points: readonly Vec[],
  from: number,
  to: number,
  tolerance: number,
): number | undefined {
  let most = tolerance
  let furthest: number | undefined
  for (let i = from + 1; i < to; i++) {
    const away = distanceToSegment(points[i] as Vec, points[from] as Vec, points[to] as Vec)
    if (away <= most) continue
    most = away
    furthest = i
  }
  return furthest
}
