import type { Box } from '../../../shared/geometry/box.ts'

export type Axis = 'x' | 'y'

/** A side or the middle of a box, at `at` on its axis; it runs across, from `from` to `to`. World units. */
export interface Line {
  readonly at: number
  readonly from: number
  readonly to: number
}

/** What shapes can snap to. */
export interface SnapTargets {
  readonly boxes: readonly Box[]
  /** Upright lines, from the left. */
  readonly x: readonly Line[]
  /** Level lines, from the top. */
  readonly y: readonly Line[]
}

export const startOf = (box: Box, axis: Axis): number => box[axis]
export const lengthOf = (box: Box, axis: Axis): number => (axis === 'x' ? box.w : box.h)
export const endOf = (box: Box, axis: Axis): number => box[axis] + lengthOf(box, axis)
export const acrossOf = (axis: Axis): Axis => (axis === 'x' ? 'y' : 'x')

/** The sides and middles of `boxes`. */
export function snapTargets(boxes: readonly Box[]): SnapTargets {
  return { boxes, x: linesOf(boxes, 'x'), y: linesOf(boxes, 'y') }
}

function linesOf(boxes: readonly Box[], axis: Axis): readonly Line[] {
  const across = acrossOf(axis)
  const lines: Line[] = []
  for (const box of boxes) {
    const from = startOf(box, across)
    const to = endOf(box, across)
    for (const at of valuesOf(box, axis)) lines.push({ at, from, to })
  }
  return lines.sort((a, b) => a.at - b.at)
}

/** Where a box has its start, middle and end on the axis. */
export const valuesOf = (box: Box, axis: Axis): readonly [number, number, number] => {
  const start = startOf(box, axis)
  const length = lengthOf(box, axis)
  return [start, start + length / 2, start + length]
}

/** The index of the first line at or after `at`. */
export function firstFrom(lines: readonly Line[], at: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] as Line).at < at) low = middle + 1
    else high = middle
  }
  return low
}
