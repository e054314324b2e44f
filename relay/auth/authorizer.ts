import type { CloseCode } from '../../shared/protocol/close.ts'
import type { Role } from '../../shared/protocol/role.ts'

/** What a client may do on one board. */
export interface Grant {
  readonly role: Role
  /** How often the owner had replaced the links when it was given; null where boards have no keys. */
  readonly epoch: number | null
  /** ms since the epoch at which it ends; null: it does not. */
  readonly expiresAt: number | null
}

export interface Admission {
  readonly board: string
  /** The key or token that was presented; null when there is none. Never in a log. */
  readonly credential: string | null
}

export interface Refusal {
  readonly code: CloseCode
  /** In words for the person at the client. */
  readonly refused: string
}

/** Decides who gets in, before a room is opened, so that a stranger costs no memory. */
export interface Authorizer {
  /** Rejects when nobody can tell at the moment; the client is told to come back. */
  authorize(admission: Admission): Promise<Grant | Refusal>
  /**
   * Makes all links of a board but the owner's useless. Resolves to the new epoch once that is durable; the grants of
   * earlier epochs, owners' apart, have then ended. Null where boards have no keys.
   */
  readonly rotate: ((board: string, credential: string) => Promise<number | Refusal>) | null
}
