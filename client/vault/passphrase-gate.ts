import type { Clock } from '../../shared/util/clock.ts'
import { VaultError } from './vault-error.ts'
import type { WrongTries } from './wrong-tries.ts'

/** Lets one passphrase be tried at a time, and none while the person has to wait. */
export class PassphraseGate {
  readonly #tries: WrongTries
  readonly #clock: Clock
  #isBusy = false

  constructor(tries: WrongTries, clock: Clock) {
    this.#tries = tries
    this.#clock = clock
  }

  /** What `open` gives. Rejects with its VaultError, or with one that says `waiting`. */
  async pass<T>(open: () => Promise<T>): Promise<T> {
    if (this.#isBusy) throw new VaultError('waiting', 'The last passphrase is still being checked.')
    const now = this.#clock.now()
    const until = this.#tries.waitUntil(now)
    if (until !== null) {
      const seconds = Math.ceil((until - now) / 1000)
      throw new VaultError('waiting', `Too many wrong passphrases. Try again in ${seconds} s.`)
    }
    this.#isBusy = true
    try {
      return await open()
    } catch (error) {
      if (error instanceof VaultError && error.why === 'wrong') this.#tries.wrong(this.#clock.now())
      throw error
    } finally {
      this.#isBusy = false
    }
  }
}
