import * as Y from 'yjs'
import { checkUpdate } from '../../shared/protocol/document-gate.ts'

/**
 * Applies an update that came from another and not through the relay. Throws ProtocolError for one that the relay would
 * not take, so that its sender can be dropped; an error of one of our own observers is no fault of the sender and goes to
 * the window instead.
 */
export function applyForeignUpdate(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  checkUpdate(doc, update)
  try {
    Y.applyUpdate(doc, update, origin)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
