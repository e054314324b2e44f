import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { MOST_WRAP } from '../../shared/shapes/text.ts'

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
  // Adding zero turns -0 into 0.
  return Math.round(within(value) * steps) / steps + 0
}

const within = (value: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, value))

/** `keys` with every place and length, or the nearest that a document may hold. */
export const bounded = <T extends Placed>(keys: T): T => placed(keys, within)

/** `keys` with every place and length rounded; other keys stay as they are. */
export const tidied = <T extends Placed>(keys: T, zoom: number): T => placed(keys, n => tidy(n, zoom))

function placed<T extends Placed>(keys: T, to: (n: number) => number): T {
  const pair = ([x, y]: Vec): Vec => [to(x), to(y)]
  const { pos, size, points, fontSize, wrap } = keys
  return {
    ...keys,
    ...(pos && { pos: pair(pos) }),
    ...(size && { size: pair(size) }),
    ...(points && { points: points.map(to) }),
    ...(fontSize !== undefined && { fontSize: to(fontSize) }),
    ...(wrap !== undefined && { wrap: fontSize ? inStep(wrap, to(fontSize) / fontSize) : to(wrap) }),
  }
}

/** Lines break as they did only while their room keeps the same proportion to the letters. */
const inStep = (wrap: number, k: number): number => Math.min(MOST_WRAP, wrap * k)
