import type * as Y from 'yjs'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { applyTogether } from './apply.ts'
import type { Gate } from './gate.ts'
import type { Session } from './session.ts'

/** One document frame. */
export interface Change {
  session: Session
  kind: 'syncStep2' | 'update'
  update: Uint8Array
}

export interface Taken extends Change {
  /** Whether nothing that it builds on is missing. */
  isComplete: boolean
}

interface Outcome {
  /** Everything that changed, as one update; null when all of it was known. */
  merged: Uint8Array | null
  /** The changes of those who kept to the rules. */
  taken: readonly Taken[]
  refused: ReadonlyMap<Session, ProtocolError>
}

/**
 * Applies, in one transaction, what the gate admits. After something refused nothing of that session counts; what it sent
 * before stays. Throws ApplyError when Yjs fails.
 */
export function applyBatch(doc: Y.Doc, batch: readonly Change[], gate: Gate): Outcome {
  const refused = new Map<Session, ProtocolError>()
  const updates = batch.map(change => change.update)
  const { merged, incomplete } = applyTogether(doc, updates, at => {
    const change = batch[at] as Change
    if (refused.has(change.session)) return false
    const refusal = refusalOf(doc, change, gate)
    if (refusal) refused.set(change.session, refusal)
    return refusal === null
  })
  const taken = batch
    .map((change, at) => ({ ...change, isComplete: !incomplete.has(at) }))
    .filter(change => !refused.has(change.session))
  return { merged, taken, refused }
}

function refusalOf(doc: Y.Doc, { session, update }: Change, gate: Gate): ProtocolError | null {
  try {
    gate.admit(doc, update, session.grant)
    return null
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

/** Counts each change for its sender. Returns the senders that must be asked for their state. */
export function takeReceipts(batch: readonly Taken[]): Session[] {
  return batch
    .filter(({ session, kind, isComplete }) => session.receipts.take(kind, isComplete) === 'ask')
    .map(change => change.session)
}
