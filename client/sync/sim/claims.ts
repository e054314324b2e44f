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

/** Whether a document holds all of a few changes; faster than to list all that it holds. */
export function holds({ store }: Y.Doc, { inserts, deletes }: Changes): boolean {
  for (const [client, clock] of inserts) if (Y.getState(store, client) < clock) return false
  for (const [client, ranges] of deletes.clients) {
    for (const { clock, len } of ranges) {
      if (Y.getState(store, client) < clock + len || !isDeleted(store, client, clock, clock + len))
        return false
    }
  }
  return true
}

function isDeleted(store: Y.Doc['store'], client: number, from: number, to: number): boolean {
  for (let clock = from; clock < to; ) {
    const struct = Y.getItem(store, Y.createID(client, clock))
    if (!struct.deleted) return false
    clock = struct.id.clock + struct.length
  }
  return true
}

/** Adds what is in `more`. */
export function addChanges(changes: Changes, more: Changes): void {
  for (const [client, clock] of more.inserts) {
    changes.inserts.set(client, Math.max(clock, changes.inserts.get(client) ?? 0))
  }
  changes.deletes = Y.mergeDeleteSets([changes.deletes, more.deletes])
}
