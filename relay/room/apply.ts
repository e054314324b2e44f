import * as Y from 'yjs'

/** Thrown when Yjs fails on an update. The document may be damaged: build it again. */
export class ApplyError extends Error {
  override readonly name = 'ApplyError'
  /** Position of the update that failed; the count of updates when Yjs failed at the end, over any of them. */
  readonly position: number

  constructor(position: number, cause: unknown) {
    super(`Yjs failed on an update: ${String(cause)}`, { cause })
    this.position = position
  }
}

/** Runs `change` in one transaction. Returns everything that it changed, as one update; null when it changed nothing. */
export function changesOf(doc: Y.Doc, change: () => void): Uint8Array | null {
  const changes: Uint8Array[] = []
  // Yjs may tidy up texts in a transaction that follows ours, where nothing keeps it from that: then there are two.
  const collect = (update: Uint8Array) => changes.push(update)
  doc.on('update', collect)
  try {
    doc.transact(change)
  } finally {
    doc.off('update', collect)
  }
  const [first = null, ...others] = changes
  return others.length === 0 ? first : Y.mergeUpdates(changes)
}

/** Whether the document holds changes whose dependencies it lacks. */
export const hasPending = (doc: Y.Doc): boolean =>
  doc.store.pendingStructs !== null || doc.store.pendingDs !== null
