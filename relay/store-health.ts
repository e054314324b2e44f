import type { Clock } from '../shared/util/clock.ts'
import type { Logger } from './room/seams.ts'

/** ms between looks at a store that works. Each costs a few requests, which some stores charge for. */
const LOOK_EVERY = 30_000

/** ms between looks at a store that does not. */
const RETRY_EVERY = 5_000

export type StoreState =
  /** Not reached since the start. */
  | { readonly at: 'unknown' }
  | { readonly at: 'up' }
  /** `since` in ms since the epoch. */
  | { readonly at: 'down'; readonly reason: string; readonly since: number }

/**
 * Looks at a store from time to time and remembers how it was. Each change of its state is one line in the log, however
 * long it lasts. A store that once worked and fails is `down`; one that never did stays `unknown`.
 */
export class StoreHealth {
  readonly #name: string
  readonly #probe: () => Promise<unknown>
  readonly #clock: Clock
  readonly #logger: Logger
  #state: StoreState = { at: 'unknown' }
  /** Whether the log says that the store does not work. */
  #isTold = false
  #cancel: (() => void) | null = null
  #looking: Promise<void> = Promise.resolve()
  #stopped = false

  /** @param name of the store, for the log. */
  constructor(name: string, probe: () => Promise<unknown>, clock: Clock, logger: Logger) {
    this.#name = name
    this.#probe = probe
    this.#clock = clock
    this.#logger = logger
  }

  get state(): StoreState {
    return this.#state
  }

  /** Looks at once, and from then on until `stop`. Resolves after the first look; never rejects. */
  start(): Promise<void> {
    this.#looking = this.#look()
    return this.#looking
  }

  /** Resolves when the look under way, which may write, has ended. */
  stop(): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    return this.#looking
  }

  async #look(): Promise<void> {
    const reason = await this.#probe().then(
      () => null,
      error => (error instanceof Error ? error.message : String(error)),
    )
    if (this.#stopped) return
    if (reason === null) this.#works()
    else this.#fails(reason)
    this.#cancel = this.#clock.after(reason === null ? LOOK_EVERY : RETRY_EVERY, () => void this.start())
  }

  #works(): void {
    if (this.#isTold) this.#logger.info({ store: this.#name }, 'a store works again')
    this.#isTold = false
    this.#state = { at: 'up' }
  }

  #fails(reason: string): void {
    if (!this.#isTold) this.#logger.error({ store: this.#name, reason }, 'a store does not work')
    this.#isTold = true
    if (this.#state.at === 'up') this.#state = { at: 'down', reason, since: this.#clock.now() }
    else if (this.#state.at === 'down') this.#state = { ...this.#state, reason }
  }
}
