import type { Box } from './box.ts'
import type { Vec } from './vec.ts'

/**
 * The index of the first point of the span in the middle of a way in right angles, which can be moved across; undefined for a way that
 * has none, as its spans are even in number or too few.
 */
export const middleSpan = (way: readonly Vec[]): number | undefined =>
  way.length >= 4 && way.length % 2 === 0 ? way.length / 2 - 1 : undefined

/** World units. The spans beside one that is moved stay at least as long, or there would be no span to take hold of. */
const LEAST_SPAN = 4

/** What the ends of a way must not be led back into. */
interface Kept {
  readonly start: Box | undefined
  readonly end: Box | undefined
}

/** The way with its middle span moved by `bend`: to the side if it is upright, else up or down. */
export function bent(way: readonly Vec[], bend: Vec | undefined, kept?: Kept): readonly Vec[] {
  const first = middleSpan(way)
  if (first === undefined || !bend) return way
  const [p, q] = [way[first] as Vec, way[first + 1] as Vec]
  const axis = Math.abs(p[0] - q[0]) <= Math.abs(p[1] - q[1]) ? 0 : 1
  if (bend[axis] === 0) return way
  const wanted = p[axis] + bend[axis]
  // Only a way of three spans has its ends beside the middle one.
  const boxes = way.length === 4 ? kept : undefined
  const near = clear(wanted, p[axis], way[first - 1] as Vec, axis, boxes?.start)
  const at = clear(near, p[axis], way[first + 2] as Vec, axis, boxes?.end)
  const moved = (point: Vec): Vec => (axis === 0 ? [at, point[1]] : [point[0], at])
  return way.map((point, i) => (i === first || i === first + 1 ? moved(point) : point))
}

/** `wanted`, or the nearest place for a span that was at `before` where it stays off `end`, and on its side of the box around that. */
function clear(wanted: number, before: number, end: Vec, axis: 0 | 1, box: Box | undefined): number {
  if (!box) {
    const away = wanted - end[axis]
    return Math.abs(away) >= LEAST_SPAN ? wanted : end[axis] + (away < 0 ? -LEAST_SPAN : LEAST_SPAN)
  }
  const [from, length] = axis === 0 ? [box.x, box.w] : [box.y, box.h]
  // Half as far from the box as it was: room for a head.
  if (before >= from + length) return Math.max(wanted, (before + from + length) / 2)
  return before <= from ? Math.min(wanted, (before + from) / 2) : wanted
}
