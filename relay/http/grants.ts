import { CLOSE } from '../../shared/protocol/close.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Admission, Authorizer, Grant, Refusal } from '../auth/authorizer.ts'
import type { Logger } from '../room/seams.ts'

/** ms. An authorizer that asks another server may take its time, but nobody waits for ever. */
const PATIENCE = 10_000

/** Bytes of the longest key or token: those of identity providers have few thousand. */
const MAX_CREDENTIAL = 8 * 1024

const UNAVAILABLE: Refusal = {
  code: CLOSE.unavailable,
  refused: 'Nobody can be let in at the moment. Try again later.',
}

const TOO_LONG: Refusal = {
  code: CLOSE.tooLarge,
  refused: `A key or token has at most ${MAX_CREDENTIAL} bytes.`,
}

export interface GrantParts {
  authorizer: Authorizer
  clock: Clock
  logger: Logger
}

/** Asks the authorizer; one that fails, or takes too long, refuses for the moment. Never rejects. */
export class Grants {
  readonly #parts: GrantParts
  /** Whether the log says that the authorizer fails: it is said once, not for everybody who comes meanwhile. */
  #isFailing = false

  constructor(parts: GrantParts) {
    this.#parts = parts
  }

  async of(admission: Admission): Promise<Grant | Refusal> {
    if (admission.credential !== null && admission.credential.length > MAX_CREDENTIAL) return TOO_LONG
    const { authorizer, clock, logger } = this.#parts
    try {
      const verdict = await inTime(authorizer.authorize(admission), clock)
      if (this.#isFailing) logger.info({}, 'the authorizer works again')
      this.#isFailing = false
      return verdict
    } catch (err) {
      if (!this.#isFailing) logger.error({ err }, 'the authorizer failed')
      this.#isFailing = true
      return UNAVAILABLE
    }
  }
}

/** Whether the owner has replaced the links since a grant was given. The owner stays. */
export const isReplaced = ({ role, epoch }: Grant, newest: number): boolean =>
  epoch !== null && epoch < newest && role !== 'owner'

function inTime<T>(task: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE, () => reject(new Error(`No answer within ${PATIENCE / 1000} s.`)))
    task.then(resolve, reject).finally(cancel)
  })
}
