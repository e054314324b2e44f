import type { Session } from './session.ts'

/** What the sessions of a room are told of its latest stored snapshot. */
export class SnapshotNews {
  readonly #sessions: ReadonlySet<Session>
  #stateVector: Uint8Array | null

  /** @param stateVector of a document that is in a stored snapshot whole; else null. */
  constructor(sessions: ReadonlySet<Session>, stateVector: Uint8Array | null) {
    this.#sessions = sessions
    this.#stateVector = stateVector
  }

  /** To be called with the document as it goes into a snapshot; what is returned, once the snapshot is stored. */
  covers(stateVector: Uint8Array): () => void {
    const frames = new Map<Session, number>()
    for (const session of this.#sessions) frames.set(session, session.receipts.whole)
    return () => {
      this.#stateVector = stateVector
      for (const session of [...this.#sessions]) session.snapshotted(frames.get(session) ?? 0, stateVector)
    }
  }

  /** Tells somebody of whom the board holds nothing that is not in the snapshot. */
  tell(session: Session): void {
    if (this.#stateVector) session.snapshotted(session.receipts.whole, this.#stateVector)
  }
}
