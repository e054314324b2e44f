import { lerp, type Vec } from '../../shared/geometry/vec.ts'

/**
 * What of a polygon lies within a convex one, whose corners run from x to y; empty for nothing. Parts that lie apart are joined along
 * the edge (Sutherland and Hodgman, "Reentrant polygon clipping", 1974).
 */
export function clippedTo(polygon: readonly Vec[], convex: readonly Vec[]): readonly Vec[] {
  let left = polygon
  for (let i = 0; i < convex.length; i++) {
    const from = convex[i] as Vec
    const to = convex[(i + 1) % convex.length] as Vec
    left = onInside(left, p => (to[0] - from[0]) * (p[1] - from[1]) - (to[1] - from[1]) * (p[0] - from[0]))
  }
  return left
}

/** The part of the polygon that is at least zero from a line, by a signed measure of the distance. */
function onInside(polygon: readonly Vec[], away: (p: Vec) => number): readonly Vec[] {
  return polygon.flatMap((p, i) => {
    const before = polygon.at(i - 1) as Vec
    const [a, b] = [away(before), away(p)]
    const crossing = a < 0 !== b < 0 ? [lerp(before, p, a / (a - b))] : []
    return b < 0 ? crossing : [...crossing, p]
  })
}
