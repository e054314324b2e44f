import * as Y from 'yjs'

interface Applied {
  /** Everything that changed, as one update; null when all of it was known. */
  merged: Uint8Array | null
  /** Positions of the updates whose dependencies are missing; what of them could not be integrated is not kept. */
  incomplete: ReadonlySet<number>
}

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

/** Applies, in one transaction, the updates that are admitted; `admits` is asked before each, with those before it applied. */
export function applyTogether(
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  admits: (position: number) => boolean,
): Applied {
  const incomplete = new Set<number>()
  const changes: Uint8Array[] = []
  // Yjs may tidy up text formats in a transaction that follows ours: then there are two.
  const collect = (change: Uint8Array) => changes.push(change)
  let position = 0
  doc.on('update', collect)
  try {
    doc.transact(() => {
      for (const update of updates) {
        if (admits(position)) Y.applyUpdate(doc, update)
        if (forgetPending(doc)) incomplete.add(position)
        position += 1
      }
    })
  } catch (cause) {
    throw new ApplyError(position, cause)
  } finally {
    doc.off('update', collect)
  }
  const [first = null, ...others] = changes
  return { merged: others.length === 0 ? first : Y.mergeUpdates(changes), incomplete }
}

/** Drops what waits for missing dependencies. Returns whether there was any. */
function forgetPending(doc: Y.Doc): boolean {
  if (!hasPending(doc)) return false
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  return true
}

/** Whether the document holds changes whose dependencies it lacks. */
export const hasPending = (doc: Y.Doc): boolean =>
  doc.store.pendingStructs !== null || doc.store.pendingDs !== null
