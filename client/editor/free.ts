import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { BoardView, Edit } from '../board/board.ts'
import { knownShapes } from './preview.ts'

/** Whether tools and commands may touch the shape. */
export const isFree = (shape: KnownShape): boolean => !shape.locked && !shape.hidden

/**
 * Those of `ids` that may be selected together: nothing hidden, and nothing locked, unless all of it is: locked shapes are
 * selected to be unlocked, by a menu.
 */
export function selectable(board: BoardView, ids: Iterable<ShapeId>): ReadonlySet<ShapeId> {
  const visible = knownShapes(board, ids).filter(shape => !shape.hidden)
  const free = visible.filter(isFree)
  return new Set((free.length > 0 ? free : visible).map(shape => shape.id))
}

/** Keys that may be written to a locked shape: the frame around it may be taken away. */
const OF_LOCKED: ReadonlySet<string> = new Set(['locked', 'hidden', 'frame'])

/** `edits` without those that change what is locked. */
export function permitted(edits: readonly Edit[], board: BoardView): readonly Edit[] {
  const isPermitted = (edit: Edit): boolean => {
    if (edit.op === 'create' || edit.op === 'title' || !board.shapes.get(edit.id)?.locked) return true
    if (edit.op !== 'patch') return false
    return edit.patch.locked === false || Object.keys(edit.patch).every(key => OF_LOCKED.has(key))
  }
  return edits.every(isPermitted) ? edits : edits.filter(isPermitted)
}
