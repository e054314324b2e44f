import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'

/** The keys of a shape that hold lengths and places. */
interface Placed {
  readonly pos?: Vec
  readonly size?: Vec
  readonly points?: readonly number[]
  readonly fontSize?: number
  readonly wrap?: number
}

/**
 * Steps per world unit that a gesture at `zoom` is rounded to: 1/64 up to a zoom of 4, and never coarser than a
 * sixteenth of a screen pixel. Round numbers pack small and compare equal.
 */
const stepsPerUnit = (zoom: number): number => 2 ** (6 + Math.max(0, Math.ceil(Math.log2(zoom / 4))))

/** `value` rounded for a gesture at `zoom`, within what a document may hold. */
export function tidy(value: number, zoom: number): number {
  const steps = stepsPerUnit(zoom)
  const clamped = Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, value))
  // Adding zero turns -0 into 0.
  return Math.round(clamped * steps) / steps + 0
}

/** `keys` with every place and length rounded; other keys stay as they are. */
export function tidied<T extends Placed>(keys: T, zoom: number): T {
  const pair = ([x, y]: Vec): Vec => [tidy(x, zoom), tidy(y, zoom)]
  const { pos, size, points, fontSize, wrap } = keys
  return {
    ...keys,
    ...(pos && { pos: pair(pos) }),
    ...(size && { size: pair(size) }),
    ...(points && { points: points.map(n => tidy(n, zoom)) }),
    ...(fontSize !== undefined && { fontSize: tidy(fontSize, zoom) }),
    ...(wrap !== undefined && { wrap: tidy(wrap, zoom) }),
  }
}
