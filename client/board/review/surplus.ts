import * as Y from 'yjs'
import { DocBoard } from '../doc-board.ts'
import { compareVersions } from './compare.ts'

/**
 * What one copy of a board holds that another lacks:
 * - `nothing` that can be seen;
 * - `content` that can be copied to another board: shapes and a title;
 * - `unknown`: among it, what this version of the app cannot read and so cannot copy whole.
 */
export type Surplus = 'nothing' | 'content' | 'unknown'

/** What `mine` holds that `theirs` lacks. Changes neither. */
export function surplusOf(mine: Y.Doc, theirs: Y.Doc): Surplus {
  const both = new Y.Doc()
  Y.applyUpdate(both, Y.encodeStateAsUpdate(theirs))
  const board = new DocBoard(both)
  const { title } = board
  const comments = JSON.stringify(both.getMap('comments'))
  const before = new Map(board.shapes)
  Y.applyUpdate(both, Y.encodeStateAsUpdate(mine))
  const after = new Map(board.shapes)
  const isOtherTitle = board.title !== title
  const hasComments = JSON.stringify(both.getMap('comments')) !== comments
  board.destroy()
  both.destroy()
  const isUnreadable = [...after.values()].some(shape => shape.type === 'unreadable' && !before.has(shape.id))
  if (isUnreadable || hasComments) return 'unknown'
  const changes = compareVersions({ base: before, mine: after, theirs: before, merged: after })
  return isOtherTitle || changes.length > 0 ? 'content' : 'nothing'
}

/** Makes the empty document `to` the same as `from`. */
export function copyDocument(from: Y.Doc, to: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
}
