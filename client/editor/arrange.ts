import { boxesMeet } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { type KnownShape, type Shape, type ShapeId, shapeBounds } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { BoardView, Edit } from '../board/board.ts'
import { wholeWithin } from './groups.ts'
import { keysBetween } from './order-keys.ts'

export type Reorder = 'to-front' | 'forward' | 'backward' | 'to-back'

/** The edits that move `selection` in the painting order; none when it is there already. */
export function reordered(
  board: BoardView,
  selection: ReadonlySet<ShapeId>,
  how: Reorder,
  lineWidth: LineWidth,
): readonly Edit[] {
  const moving = board.ordered.filter(shape => selection.has(shape.id))
  const others = board.ordered.filter(shape => !selection.has(shape.id))
  const at = newPlace(moving, others, how, lineWidth)
  if (at === undefined) return []
  const keys = keysBetween(others[at - 1]?.z ?? null, others[at]?.z ?? null, moving.length)
  return moving.map((shape, i) => ({ op: 'patch', id: shape.id, patch: { z: keys[i] ?? shape.z } }))
}

/** How many of `others` end up below the moving shapes; undefined when nothing would change. */
function newPlace(
  moving: readonly Shape[],
  others: readonly Shape[],
  how: Reorder,
  lineWidth: LineWidth,
): number | undefined {
  const [lowest] = moving
  const highest = moving.at(-1)
  if (!lowest || !highest) return undefined
  const isAbove = (a: Shape, b: Shape) => a.z > b.z || (a.z === b.z && a.id > b.id)
  const meets = (other: Shape) =>
    moving.some(shape => boxesMeet(shapeBounds(shape, lineWidth), shapeBounds(other, lineWidth)))
  switch (how) {
    case 'to-front':
      return others.some(other => isAbove(other, lowest)) ? others.length : undefined
    case 'to-back':
      return others.some(other => isAbove(highest, other)) ? 0 : undefined
    case 'forward': {
      const next = others.findIndex(other => isAbove(other, lowest) && meets(other))
      return next === -1 ? undefined : next + 1
    }
    case 'backward': {
      const next = others.findLastIndex(other => isAbove(highest, other) && meets(other))
      return next === -1 ? undefined : next
    }
    default:
      return unreachable(how)
  }
}

type Members = (group: string) => ReadonlySet<ShapeId>

/** Tells how many of a shape's groups lie within `shapes`: the others are around them. */
function depthIn(shapes: readonly KnownShape[], members: Members): (shape: KnownShape) => number {
  const isOwn = wholeWithin(shapes, members)
  return shape => shape.groups.findLastIndex(isOwn) + 1
}

/** Tells what of `shapes` one of them belongs to: the outermost group that lies within them, or the shape itself. */
export function unitIn(shapes: readonly KnownShape[], members: Members): (shape: KnownShape) => string {
  const depth = depthIn(shapes, members)
  return shape => shape.groups[depth(shape) - 1] ?? shape.id
}

/** The edits that make one group of `shapes`, inside of the groups that are around all of them. */
export function grouped(shapes: readonly KnownShape[], members: Members, group: string): readonly Edit[] {
  if (!canGroup(shapes, members)) return []
  const depth = depthIn(shapes, members)
  return shapes.map(shape => {
    const own = depth(shape)
    const groups = [...shape.groups.slice(0, own), group, ...shape.groups.slice(own)]
    return { op: 'patch', id: shape.id, patch: { groups } }
  })
}

/** Whether `shapes` can become a group: more than one, not one already, and not nested too deep. */
export function canGroup(shapes: readonly KnownShape[], members: Members): boolean {
  if (shapes.length < 2 || shapes.some(shape => shape.groups.length >= LIMITS.groupDepth)) return false
  return new Set(shapes.map(unitIn(shapes, members))).size > 1
}

/** The edits that dissolve the outermost groups that lie within `shapes`. */
export function ungrouped(shapes: readonly KnownShape[], members: Members): readonly Edit[] {
  const depth = depthIn(shapes, members)
  const edits: Edit[] = []
  for (const shape of shapes) {
    const own = depth(shape)
    if (own === 0) continue
    const groups = shape.groups.filter((_, i) => i !== own - 1)
    edits.push({ op: 'patch', id: shape.id, patch: { groups } })
  }
  return edits
}
