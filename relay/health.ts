import type { Clock } from '../shared/util/clock.ts'
import type { Logger } from './room/seams.ts'
import type { ObjectStore } from './storage/object-store.ts'
import type { UpdateLog } from './storage/update-log.ts'
import { StoreHealth, type StoreState } from './store-health.ts'

export interface Readiness {
  readonly ready: boolean
  /** Why not. For anybody who asks: the details are in the log and on the status page. */
  readonly reasons: readonly string[]
  /** What does not work, although boards can be opened and drawn on. */
  readonly degraded: readonly string[]
}

/**
 * Whether this relay can serve.
 *
 * 1. Not before each store was reached once: a wrong setting must not take over from a relay that works.
 * 2. Not while the log fails, nor once the relay stops.
 * 3. Objects that fail later only degrade it: edits need the log alone, and snapshots catch up.
 */
export class Health {
  readonly #log: StoreHealth
  readonly #objects: StoreHealth
  #isStopping = false

  constructor(
    log: Pick<UpdateLog, 'probe'>,
    objects: Pick<ObjectStore, 'probe'>,
    clock: Clock,
    logger: Logger,
  ) {
    this.#log = new StoreHealth('log', () => log.probe(), clock, logger)
    this.#objects = new StoreHealth('objects', () => objects.probe(), clock, logger)
  }

  get stores(): Readonly<Record<'log' | 'objects', StoreState>> {
    return { log: this.#log.state, objects: this.#objects.state }
  }

  start(): void {
    void this.#log.start()
    void this.#objects.start()
  }

  /** From now on not ready, for a load balancer to notice. */
  stopping(): void {
    this.#isStopping = true
  }

  /** Resolves when no look at a store is under way. */
  async stop(): Promise<void> {
    await Promise.all([this.#log.stop(), this.#objects.stop()])
  }

  /** @param snapshotsFail whether the last one could not be stored. */
  readiness(snapshotsFail: boolean): Readiness {
    const { log, objects } = this.stores
    const reasons: string[] = []
    if (this.#isStopping) reasons.push('The relay is stopping.')
    if (log.at === 'unknown') reasons.push('The log of changes has not been opened yet.')
    if (log.at === 'down') reasons.push('The log of changes cannot be used.')
    if (objects.at === 'unknown') reasons.push('The object store has not been reached since the start.')
    const degraded: string[] = []
    if (objects.at === 'down') degraded.push('The object store cannot be reached.')
    if (snapshotsFail) degraded.push('Snapshots cannot be stored.')
    return { ready: reasons.length === 0, reasons, degraded }
  }
}
