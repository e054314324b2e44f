import * as Y from 'yjs'
import { DocBoard } from '../doc-board.ts'
import type { Version } from './compare.ts'

/**
 * The board in the document `base` (an update in V2), and what `updates` (V1) of others make of that. What builds on changes
 * that only this device has waits inside the document, and is not seen.
 */
export function shapesBefore(
  base: Uint8Array,
  updates: readonly Uint8Array[],
): { readonly base: Version; readonly theirs: Version } {
  const doc = new Y.Doc()
  Y.applyUpdateV2(doc, base)
  const board = new DocBoard(doc)
  const before = new Map(board.shapes)
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const theirs = new Map(board.shapes)
  board.destroy()
  doc.destroy()
  return { base: before, theirs }
}
