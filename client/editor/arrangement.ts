import { type Box, centreOf, unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, type ShapeId, shapeMoved } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { BoardView, Edit } from '../board/board.ts'
import { unitIn } from './arrange.ts'
import { outermost, withContents } from './frames.ts'
import { boundsOf } from './preview.ts'
import { inReadingOrder } from './reading-order.ts'
import { tidied } from './tidy.ts'

/** What is arranged as one: a shape, a group, or a frame with what lies in it. */
export interface Unit {
  readonly box: Box
  readonly shapes: readonly KnownShape[]
}

/** How far a unit is moved; world units. */
export interface Move {
  readonly unit: Unit
  readonly by: Vec
}

export type Axis = 'x' | 'y'
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

/** World units between the units of a stack or of rows. */
const GAP = 16

type Members = (group: string) => ReadonlySet<ShapeId>

/** `shapes` by the units that they belong to: groups stay together, and what lies in a frame is no unit of its own. */
function parted(shapes: readonly KnownShape[], members: Members): readonly (readonly KnownShape[])[] {
  const unitOf = unitIn(shapes, members)
  const units = new Map<string, KnownShape[]>()
  for (const shape of outermost(shapes)) {
    if (isCarried(shape)) continue
    const key = unitOf(shape)
    const unit = units.get(key)
    if (unit) unit.push(shape)
    else units.set(key, [shape])
  }
  return [...units.values()]
}

/** How many units `shapes` are. */
export const countUnits = (shapes: readonly KnownShape[], members: Members): number =>
  parted(shapes, members).length

/** `shapes` as units, each with what lies in its frames. */
export const unitsOf = (
  shapes: readonly KnownShape[],
  board: BoardView,
  members: Members,
  lineWidth: LineWidth,
): readonly Unit[] =>
  parted(shapes, members).map(parts => ({
    box: boundsOf(parts, lineWidth) as Box,
    shapes: withContents(parts, board),
  }))

/** An arrow that is bound at both ends follows by itself. */
const isCarried = (shape: KnownShape): boolean =>
  shape.type === 'arrow' && shape.start !== null && shape.end !== null

/** Brings one side, or the middle, of all units onto one line: that of the box around them. */
export function aligned(units: readonly Unit[], how: Alignment): readonly Move[] {
  const all = unionOf(units.map(unit => unit.box))
  if (!all) return []
  return units.map(unit => ({ unit, by: offsetOf(unit.box, all, how) }))
}

function offsetOf(box: Box, all: Box, how: Alignment): Vec {
  switch (how) {
    case 'left':
      return [all.x - box.x, 0]
    case 'right':
      return [all.x + all.w - box.x - box.w, 0]
    case 'centre':
      return [centreOf(all)[0] - centreOf(box)[0], 0]
    case 'top':
      return [0, all.y - box.y]
    case 'bottom':
      return [0, all.y + all.h - box.y - box.h]
    case 'middle':
      return [0, centreOf(all)[1] - centreOf(box)[1]]
    default:
      return unreachable(how)
  }
}

const lengthOf = (box: Box, axis: Axis): number => (axis === 'x' ? box.w : box.h)
const along = (axis: Axis, by: number): Vec => (axis === 'x' ? [by, 0] : [0, by])

/** Leaves the outermost units where they are and makes the gaps between all of them equal. */
export function distributed(units: readonly Unit[], axis: Axis): readonly Move[] {
  const middle = ({ box }: Unit) => box[axis] + lengthOf(box, axis) / 2
  const sorted = [...units].sort((a, b) => middle(a) - middle(b))
  const [first] = sorted
  const last = sorted.at(-1)
  if (!first || !last || sorted.length < 3) return []
  const span = last.box[axis] + lengthOf(last.box, axis) - first.box[axis]
  const filled = sorted.reduce((sum, { box }) => sum + lengthOf(box, axis), 0)
  return inARow(sorted, axis, (span - filled) / (sorted.length - 1))
}

/** Puts the units one beside the other, in the order in which they are, with equal gaps. */
export function stacked(units: readonly Unit[], axis: Axis): readonly Move[] {
  return inARow(
    [...units].sort((a, b) => a.box[axis] - b.box[axis]),
    axis,
    GAP,
  )
}

function inARow(sorted: readonly Unit[], axis: Axis, gap: number): readonly Move[] {
  let at = sorted[0]?.box[axis] ?? 0
  return sorted.map(unit => {
    const by = along(axis, at - unit.box[axis])
    at += lengthOf(unit.box, axis) + gap
    return { unit, by }
  })
}

/** Wider than high, as screens are. */
const ROWS_ASPECT = 1.5

/** Puts the units into neat rows from the top left of all, in reading order. */
export function packed(units: readonly Unit[]): readonly Move[] {
  const all = unionOf(units.map(unit => unit.box))
  if (!all) return []
  const area = units.reduce((sum, { box }) => sum + (box.w + GAP) * (box.h + GAP), 0)
  const width = Math.sqrt(area * ROWS_ASPECT)
  let x = all.x
  let y = all.y
  let height = 0
  return inReadingOrder(units, unit => unit.box).map(unit => {
    const { box } = unit
    if (x > all.x && x + box.w > all.x + width) {
      x = all.x
      y += height + GAP
      height = 0
    }
    const by: Vec = [x - box.x, y - box.y]
    x += box.w + GAP
    height = Math.max(height, box.h)
    return { unit, by }
  })
}

/** The edits that carry out `moves`, rounded for `zoom`; none for what stays where it is. */
export const movesToEdits = (moves: readonly Move[], zoom: number): readonly Edit[] =>
  moves
    .filter(({ by }) => by[0] !== 0 || by[1] !== 0)
    .flatMap(({ unit, by }) =>
      unit.shapes.map(
        (shape): Edit => ({ op: 'patch', id: shape.id, patch: tidied(shapeMoved(shape, by), zoom) }),
      ),
    )
