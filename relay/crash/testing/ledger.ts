import * as Y from 'yjs'

/** Structs of each client up to which a document goes. */
type StateVector = Map<number, number>

class Promised {
  updates: Uint8Array[] = []
  readonly vector: StateVector = new Map()

  addVector(encoded: Uint8Array): void {
    for (const [client, clock] of Y.decodeStateVector(encoded)) {
      this.vector.set(client, Math.max(clock, this.vector.get(client) ?? 0))
    }
  }

  copyOf(other: Promised): void {
    this.updates = [...other.updates]
    this.vector.clear()
    for (const [client, clock] of other.vector) this.vector.set(client, clock)
  }
}

export interface Shortfall {
  /** Updates that are not whole in the document. */
  readonly updates: number
  /** Clients of which it has less than a state vector said. */
  readonly clients: number
}

/** What a relay has said that it will not lose of one board, whoever wrote it. */
export class Ledger {
  readonly #durable = new Promised()
  readonly #snapshotted = new Promised()
  /** Updates ever acknowledged. */
  acknowledged = 0
  /** ms from sending an update to its acknowledgement, each. */
  readonly latencies: number[] = []
  /** Whether the board's owner was let in: from then on the board has this owner. */
  isClaimed = false

  durable(update: Uint8Array): void {
    this.#durable.updates.push(update)
  }

  durableVector(vector: Uint8Array): void {
    this.#durable.addVector(vector)
  }

  snapshotted(update: Uint8Array): void {
    this.#snapshotted.updates.push(update)
  }

  snapshottedVector(vector: Uint8Array): void {
    this.#snapshotted.addVector(vector)
  }

  /** Whether anything was said to be in a snapshot. */
  get hasSnapshot(): boolean {
    return this.#snapshotted.updates.length > 0
  }

  /** The disk of the relay is gone: all that it may still be held to is what it said of snapshots. */
  diskLost(): void {
    this.#durable.copyOf(this.#snapshotted)
  }

  /** What a document lacks of what was promised. */
  shortfall(doc: Y.Doc): Shortfall {
    const { updates, vector } = this.#durable
    const held = Y.decodeStateVector(Y.encodeStateVector(doc))
    const clients = [...vector].filter(([client, clock]) => (held.get(client) ?? 0) < clock).length
    const isWhole = updates.length === 0 || holds(doc, Y.mergeUpdates(updates))
    return { clients, updates: isWhole ? 0 : updates.filter(update => !holds(doc, update)).length }
  }
}

/** Whether a document has everything in an update: what it inserts, and what it deletes. */
function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.snapshot(copy)
  Y.applyUpdate(copy, update)
  const isSame = Y.equalSnapshots(before, Y.snapshot(copy))
  const { pendingStructs, pendingDs } = copy.store
  copy.destroy()
  return isSame && pendingStructs === null && pendingDs === null
}
