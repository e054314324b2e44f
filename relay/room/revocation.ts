import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Grant } from '../auth/authorizer.ts'

/** ms. Who was let in just before a revocation has connected, or given up, long before that. */
const REMEMBERED = 60_000

/** What a grant is once the owner has replaced the links for the `epoch`th time: null for one that ended then. */
export function grantSince(epoch: number, grant: Grant): Grant | null {
  if (grant.epoch === null || grant.epoch >= epoch) return grant
  return grant.role === 'owner' ? { ...grant, epoch } : null
}

export const revoked = (): ProtocolError =>
  new ProtocolError(CLOSE.revoked, "The board's owner replaced its links. Ask for the new one.")

/** The latest revocations: a client that was let in before one may join its board after it. */
export class Revocations {
  readonly #clock: Clock
  readonly #latest = new Map<string, { epoch: number; forget: () => void }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(board: string, epoch: number): void {
    const known = this.#latest.get(board)
    known?.forget()
    const forget = this.#clock.after(REMEMBERED, () => this.#latest.delete(board))
    this.#latest.set(board, { epoch: Math.max(epoch, known?.epoch ?? 0), forget })
  }

  /** What a grant is after them: null for one that they ended. */
  leave(board: string, grant: Grant): Grant | null {
    return grantSince(this.#latest.get(board)?.epoch ?? 0, grant)
  }

  stop(): void {
    for (const { forget } of this.#latest.values()) forget()
    this.#latest.clear()
  }
}
