import * as Y from 'yjs'

/**
 * Applies an update that came from another. Throws when the update cannot be read, so that its sender can be dropped;
 * an error of one of our own observers is no fault of the sender and goes to the window instead.
 */
export function applyForeignUpdate(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  try {
    Y.applyUpdate(doc, update, origin)
  } catch (error) {
    Y.decodeUpdate(update)
    queueMicrotask(() => {
      throw error
    })
  }
}
