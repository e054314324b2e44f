import type { Box } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Guide } from '../types.ts'
import { type GapSnap, gapGuide, gapSnaps } from './gaps.ts'
import {
  type Axis,
  acrossOf,
  endOf,
  firstFrom,
  type Line,
  type SnapTargets,
  startOf,
  valuesOf,
} from './targets.ts'

/** What a gesture moves, as it would lie without snapping; world space. */
export interface Moving {
  readonly box: Box
  /** The places on each axis that snap: of a box that is moved its sides and middles, of one that is resized the side. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Whether gaps to others count too: those of a box that keeps its size. */
  readonly isWhole: boolean
}

export interface SnapRules {
  /** Shapes to snap to; null for none. */
  readonly targets: SnapTargets | null
  /** World units between the lines of a grid; null for none. */
  readonly grid: number | null
  /** World units within which shapes snap to others. */
  readonly reach: number
}

export interface Snap {
  /** How much further what is moved goes. */
  readonly by: Vec
  readonly guides: readonly Guide[]
}

/** World units within which two numbers are one place. */
const SAME = 1e-6

/** A box that is moved as a whole. */
export const movingBox = (box: Box): Moving => ({
  box,
  x: valuesOf(box, 'x'),
  y: valuesOf(box, 'y'),
  isWhole: true,
})

/** A point that is moved: of a line, or the corner of a box that is drawn. */
export const movingPoint = ([x, y]: Vec): Moving => ({
  box: { x, y, w: 0, h: 0 },
  x: [x],
  y: [y],
  isWhole: false,
})

/** Where `moving` snaps, and to what. On each axis shapes come before the grid, and the nearest is taken. */
export function snap(moving: Moving, rules: SnapRules): Snap {
  const x = snapAxis(moving, 'x', rules)
  const y = snapAxis(moving, 'y', rules)
  const by: Vec = [x.by, y.by]
  const placed = { ...moving.box, x: moving.box.x + x.by, y: moving.box.y + y.by }
  return { by, guides: [...guides(moving, placed, 'x', x, rules), ...guides(moving, placed, 'y', y, rules)] }
}

interface AxisSnap {
  readonly by: number
  readonly isToShapes: boolean
  /** What makes gaps equal at that place. */
  readonly gaps: readonly GapSnap[]
}

const STILL: AxisSnap = { by: 0, isToShapes: false, gaps: [] }

function snapAxis(moving: Moving, axis: Axis, { targets, grid, reach }: SnapRules): AxisSnap {
  const values = moving[axis]
  const [first] = values
  if (first === undefined) return STILL
  if (targets) {
    const gaps = moving.isWhole ? gapSnaps(moving.box, targets.boxes, axis, reach) : []
    const offsets = [...values.map(at => toNearest(targets[axis], at)), ...gaps.map(gap => gap.by)]
    const by = offsets.reduce(
      (least, offset) => (Math.abs(offset) < Math.abs(least) ? offset : least),
      Infinity,
    )
    if (Math.abs(by) <= reach) {
      return { by, isToShapes: true, gaps: gaps.filter(gap => Math.abs(gap.by - by) <= SAME) }
    }
  }
  if (grid !== null) return { ...STILL, by: Math.round(first / grid) * grid - first }
  return STILL
}

/** How far it is from `at` to the nearest line; infinite where there is none. */
function toNearest(lines: readonly Line[], at: number): number {
  const i = firstFrom(lines, at)
  const after = (lines[i]?.at ?? Infinity) - at
  const before = (lines[i - 1]?.at ?? -Infinity) - at
  return -before < after ? before : after
}

function guides(
  moving: Moving,
  placed: Box,
  axis: Axis,
  { by, isToShapes, gaps }: AxisSnap,
  { targets }: SnapRules,
): readonly Guide[] {
  if (!isToShapes || !targets) return []
  const lines = moving[axis].flatMap(at => lineGuide(targets[axis], at + by, placed, axis) ?? [])
  return [...lines, ...gaps.flatMap(gap => gap.gaps(placed)).map(gap => gapGuide(gap, axis))]
}

/** The line through all that lies at `at` on the axis, as far as it reaches; undefined for nothing but what is moved. */
function lineGuide(lines: readonly Line[], at: number, placed: Box, axis: Axis): Guide | undefined {
  const across = acrossOf(axis)
  let from = startOf(placed, across)
  let to = endOf(placed, across)
  let isAny = false
  for (let i = firstFrom(lines, at - SAME); i < lines.length; i++) {
    const line = lines[i] as Line
    if (line.at > at + SAME) break
    isAny = true
    from = Math.min(from, line.from)
    to = Math.max(to, line.to)
  }
  if (!isAny) return undefined
  const point = (along: number): Vec => (axis === 'x' ? [at, along] : [along, at])
  return { kind: 'line', from: point(from), to: point(to) }
}
