import type * as Y from 'yjs'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { integrate } from '../../shared/protocol/integrate.ts'
import { ApplyError, changesOf } from './apply.ts'
import type { Taking } from './receipts.ts'
import type { RoomParts } from './seams.ts'
import type { Session } from './session.ts'

/** One document frame. */
export interface Change {
  session: Session
  kind: 'syncStep2' | 'update'
  update: Uint8Array
}

export interface Taken extends Change {
  taking: Taking
}

interface Outcome {
  /** Everything that changed, as one update; null when all of it was known. */
  merged: Uint8Array | null
  /** The changes of those who kept to the rules. */
  taken: readonly Taken[]
  /** Whose changes are in `merged`: also of those who broke the rules later. */
  writers: ReadonlySet<Session>
  refused: ReadonlyMap<Session, ProtocolError>
}

type BatchParts = Pick<RoomParts, 'gate' | 'limits' | 'metrics' | 'seconds'>

/**
 * Applies, in one transaction, what the gate admits. After something refused nothing of that session counts; what it sent
 * before stays. Throws ApplyError when Yjs fails.
 */
export function applyBatch(doc: Y.Doc, batch: readonly Change[], parts: BatchParts): Outcome {
  const refused = new Map<Session, ProtocolError>()
  const taken: Taken[] = []
  const gate = new TimedGate(parts)
  const writers = new Set<Session>()
  let position = 0
  const apply = () => {
    for (const change of batch) {
      const { session } = change
      try {
        if (!refused.has(session)) taken.push({ ...change, taking: gate.take(doc, change, writers) })
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        refused.set(session, error)
      }
      position += 1
    }
  }
  try {
    const merged = changesOf(doc, apply)
    parts.metrics.validated(gate.seconds)
    return { merged, taken: taken.filter(({ session }) => !refused.has(session)), writers, refused }
  } catch (cause) {
    throw new ApplyError(position, cause)
  }
}

/** Takes changes through the gate, and knows how long the gate took. */
class TimedGate {
  seconds = 0
  readonly #parts: BatchParts

  constructor(parts: BatchParts) {
    this.#parts = parts
  }

  /** Applies the change and notes its writer, unless the gate leaves it out. Throws ProtocolError when it is refused. */
  take(doc: Y.Doc, { session, kind, update }: Change, writers: Set<Session>): Taking {
    const { gate, limits, seconds } = this.#parts
    const incoming = readUpdate(doc, update)
    const begun = seconds()
    const isAdmitted = gate.admit(doc, { kind, incoming, role: session.grant.role, limits })
    this.seconds += seconds() - begun
    if (!isAdmitted) return 'left out'
    writers.add(session)
    integrate(doc, incoming)
    return incoming.isComplete ? 'whole' : 'incomplete'
  }
}

/** Counts each change for its sender. Returns the senders that must be asked for their state. */
export function takeReceipts(batch: readonly Taken[]): Session[] {
  return batch
    .filter(({ session, kind, taking }) => session.receipts.take(kind, taking) === 'ask')
    .map(change => change.session)
}
