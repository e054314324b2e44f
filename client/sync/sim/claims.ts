import * as Y from 'yjs'

/** A set of changes: how far each client's inserts go, and what is deleted. */
export interface Changes {
  inserts: Map<number, number>
  deletes: ReturnType<typeof Y.createDeleteSet>
}

export const noChanges = (): Changes => ({ inserts: new Map(), deletes: Y.createDeleteSet() })

export function changesIn(doc: Y.Doc): Changes {
  const snapshot = Y.snapshot(doc)
  return { inserts: snapshot.sv, deletes: snapshot.ds }
}

/** Adds what one transaction changed. */
export function addTransaction(changes: Changes, transaction: Y.Transaction): void {
  for (const [client, clock] of transaction.afterState) {
    if (clock > (transaction.beforeState.get(client) ?? 0)) changes.inserts.set(client, clock)
  }
  if (transaction.deleteSet.clients.size > 0) {
    changes.deletes = Y.mergeDeleteSets([changes.deletes, transaction.deleteSet])
  }
}

/** What of `claimed` is not in `held`, in words; undefined when nothing is missing. */
export function missing(claimed: Changes, held: Changes): string | undefined {
  for (const [client, clock] of claimed.inserts) {
    const has = held.inserts.get(client) ?? 0
    if (has < clock) return `inserts ${has}-${clock} of client ${client}`
  }
  const together = Y.mergeDeleteSets([held.deletes, claimed.deletes])
  return Y.equalDeleteSets(together, Y.mergeDeleteSets([held.deletes])) ? undefined : 'deletions'
}
