import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { BoardView } from '../board/board.ts'
import { knownShapes } from './preview.ts'

type Members = (group: string) => ReadonlySet<ShapeId>

const holds = (ids: ReadonlySet<ShapeId>, part: ReadonlySet<ShapeId>): boolean =>
  part.size <= ids.size && [...part].every(id => ids.has(id))

/** `ids` and everything in the same outermost groups. */
export function withGroups(ids: Iterable<ShapeId>, board: BoardView, members: Members): ReadonlySet<ShapeId> {
  const all = new Set<ShapeId>()
  for (const shape of knownShapes(board, ids)) {
    if (all.has(shape.id)) continue
    all.add(shape.id)
    const outermost = shape.groups.at(-1)
    if (outermost !== undefined) for (const id of members(outermost)) all.add(id)
  }
  return all
}

/**
 * What a click on `shape` selects: its outermost group, or, when the selection lies inside of one of its groups,
 * what comes next inside of that. With `deeper`, one level further in than what is selected already.
 */
export function clickTarget(
  shape: KnownShape,
  selection: ReadonlySet<ShapeId>,
  members: Members,
  deeper = false,
): ReadonlySet<ShapeId> {
  for (const group of [...shape.groups].reverse()) {
    const inGroup = members(group)
    const selectionIsWithin = selection.size > 0 && holds(inGroup, selection)
    const selectionIsAll = selectionIsWithin && selection.size === inGroup.size
    if (selectionIsWithin && (!selectionIsAll || deeper)) continue
    return inGroup
  }
  return new Set([shape.id])
}

/** What a step back from `selection` selects: all of the next group around it; undefined where there is none. */
export function outerTarget(
  selection: ReadonlySet<ShapeId>,
  board: BoardView,
  members: Members,
): ReadonlySet<ShapeId> | undefined {
  const [first] = knownShapes(board, selection)
  for (const group of first?.groups ?? []) {
    const inGroup = members(group)
    if (inGroup.size > selection.size && holds(inGroup, selection)) return inGroup
  }
  return undefined
}

/** Tells whether all of a group is among `shapes`; asked more than once, it knows. */
export function wholeWithin(shapes: readonly KnownShape[], members: Members): (group: string) => boolean {
  const ids = new Set(shapes.map(shape => shape.id))
  const known = new Map<string, boolean>()
  return group => {
    const isWhole = known.get(group) ?? holds(ids, members(group))
    known.set(group, isWhole)
    return isWhole
  }
}

/** Those of a marquee's shapes whose outermost groups it holds as a whole. */
export function wholeGroups(shapes: readonly KnownShape[], members: Members): ReadonlySet<ShapeId> {
  const isWhole = wholeWithin(shapes, members)
  const selected = shapes.filter(shape => {
    const outermost = shape.groups.at(-1)
    return outermost === undefined || isWhole(outermost)
  })
  return new Set(selected.map(shape => shape.id))
}
