import type { Box } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Guide } from '../types.ts'
import { type Axis, acrossOf, endOf, lengthOf, startOf } from './targets.ts'

/** A place along the axis at which gaps between boxes become equal. */
export interface GapSnap {
  /** How far the box is from there. */
  readonly by: number
  /** The equal gaps, once the box is there: each between the end of the first box and the start of the second. */
  readonly gaps: (placed: Box) => readonly (readonly [Box, Box])[]
}

/** Where `box` would lie in the middle between two boxes beside it, or as far from one as that is from the next. */
export function gapSnaps(box: Box, boxes: readonly Box[], axis: Axis, reach: number): readonly GapSnap[] {
  const row = boxes.filter(other => overlap(box, other, acrossOf(axis))).sort((a, b) => a[axis] - b[axis])
  const start = startOf(box, axis)
  const length = lengthOf(box, axis)
  const snaps: GapSnap[] = []
  const add = (at: number, gaps: GapSnap['gaps']) => {
    if (Math.abs(at - start) <= reach) snaps.push({ by: at - start, gaps })
  }
  for (let i = 0; i + 1 < row.length; i++) {
    const a = row[i] as Box
    const b = row[i + 1] as Box
    const gap = startOf(b, axis) - endOf(a, axis)
    if (gap <= 0) continue
    if (gap > length) {
      add(endOf(a, axis) + (gap - length) / 2, placed => [
        [a, placed],
        [placed, b],
      ])
    }
    add(endOf(b, axis) + gap, placed => [
      [a, b],
      [b, placed],
    ])
    add(startOf(a, axis) - gap - length, placed => [
      [placed, a],
      [a, b],
    ])
  }
  return snaps
}

const overlap = (a: Box, b: Box, axis: Axis): boolean =>
  startOf(a, axis) < endOf(b, axis) && startOf(b, axis) < endOf(a, axis)

/** The line across a gap, in the middle of what the boxes have beside each other. */
export function gapGuide([a, b]: readonly [Box, Box], axis: Axis): Guide {
  const across = acrossOf(axis)
  const low = Math.max(startOf(a, across), startOf(b, across))
  const high = Math.min(endOf(a, across), endOf(b, across))
  const middle = (low + high) / 2
  const at = (along: number): Vec => (axis === 'x' ? [along, middle] : [middle, along])
  return { kind: 'gap', from: at(endOf(a, axis)), to: at(startOf(b, axis)) }
}
