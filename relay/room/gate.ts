import type * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { isTidying } from '../../shared/protocol/deletion-gate.ts'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import type { Incoming } from '../../shared/protocol/incoming.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { Tally } from './tally.ts'

/** What somebody wants a board to take. */
export interface Proposal {
  readonly kind: 'syncStep2' | 'update'
  readonly incoming: Incoming
  readonly role: Role
  readonly limits: Pick<RelayLimits, 'shapes' | 'documentBytes'>
}

/** Decides whether a change may enter a board. */
export interface Gate {
  /**
   * Throws ProtocolError to refuse the change and its sender; returns false to leave it out and keep the sender. The change
   * has not touched the document yet; those before it have.
   */
  admit(doc: Y.Doc, proposal: Proposal): boolean
}

/**
 * Admits what fits the schema, the role of who sends it, and the limits of a board. All of it is decided before anything is
 * applied: what is refused costs no more than reading it, and nobody waits until the board is loaded again without it.
 */
export const schemaGate: Gate = {
  admit(doc, { kind, incoming, role, limits }) {
    try {
      const shapes = checkIncoming(doc, incoming, role)
      Tally.of(doc).admit(incoming, shapes, limits)
      return true
    } catch (error) {
      const isRefused = error instanceof ProtocolError && error.code === CLOSE.refused
      // Whoever is asked for its state tells all that it has: also what others wrote that this relay lost in a crash, or what
      // it wrote itself while it might.
      if (isRefused && (kind === 'syncStep2' || isTidying(doc, incoming))) return false
      throw error
    }
  },
}
