import { type Backoff, retryDelay } from '../../shared/util/backoff.ts'
import type { RoomLimits, RoomParts } from './seams.ts'

/** Boards snapshotted at once: each holds its whole state in memory, and the store has other callers. */
const AT_ONCE = 4

/** Boards snapshotted at once while the relay stops, when nobody draws any more. */
const AT_ONCE_STOPPING = 16

/** ms. A store that is back is noticed within a minute; one that is down is not asked more often than that. */
export const STORE_RETRY: Backoff = { first: 1_000, max: 60_000 }

/** ms between two looks at what is due, at least: a busy relay changes many boards at once. */
const LOOK_EVERY = 50

interface Waiting {
  /** Seconds at which the oldest change came that no snapshot has; null when none is known of. */
  since: number | null
  /** Seconds. */
  due: number
  /** Bytes of changes. */
  bytes: number
  /** Attempts that failed, one after the other. */
  failures: number
}

/** What is asked for by those who know the boards. */
export interface SnapshotRequests {
  /** A board has changed by so many bytes. */
  changed(board: string, bytes: number): void
  /** A board was loaded; its stored snapshots are to be compared with it. */
  opened(board: string, isSettled: boolean): void
  /** A board is about to leave memory: if it waits at all, it need not wait longer. */
  leaving(board: string): void
}

type ScheduleParts = Pick<RoomParts, 'clock' | 'seconds' | 'random' | 'metrics' | 'logger'> & {
  limits: Pick<RoomLimits, 'snapshotAfterMs' | 'snapshotMaxMs' | 'snapshotBytes'>
}

/**
 * Which board is snapshotted when.
 *
 * 1. A board is due some time after its last change, at the latest some time after its first, at once after many bytes.
 * 2. A few are under way at a time, never one board twice; boards in use go before those found waiting at the start.
 * 3. A board whose snapshot failed stays due, after a growing pause. All boards pause then, and the next goes alone: a
 *    store that is down is asked by one, and one board's trouble is not taken for the store's.
 */
export class SnapshotSchedule implements SnapshotRequests {
  readonly #parts: ScheduleParts
  readonly #perform: (board: string) => Promise<number | null>
  readonly #waiting = new Map<string, Waiting>()
  /** Boards that wait since the start and that nobody has used since. */
  readonly #backlog = new Set<string>()
  readonly #backlogSince: number
  readonly #running = new Map<string, Waiting>()
  #atOnce = AT_ONCE
  /** Attempts that failed since the last that did not. */
  #failures = 0
  #hasWarned = false
  /** Seconds. */
  #pausedUntil = Number.NEGATIVE_INFINITY
  /** When to look next, in seconds, and how not to. */
  #look: { at: number; cancel: () => void } | null = null
  #onRest: (() => void) | null = null
  #isStopped = false

  /** @param perform snapshots a board: resolves to the bytes put, null when nothing was to do. */
  constructor(parts: ScheduleParts, perform: (board: string) => Promise<number | null>) {
    this.#parts = parts
    this.#perform = perform
    this.#backlogSince = parts.seconds()
  }

  /** Boards with changes that no snapshot has. */
  get unsnapshotted(): number {
    let count = this.#backlog.size
    for (const { since } of this.#waiting.values()) if (since !== null) count += 1
    // One that changed while its snapshot is under way waits already, and is one board.
    for (const [board, { since }] of this.#running) {
      if (since !== null && (this.#waiting.get(board)?.since ?? null) === null) count += 1
    }
    return count
  }

  /** Seconds for which the oldest of those changes has waited; 0 when there is none. */
  get lagSeconds(): number {
    let oldest = this.#backlog.size > 0 ? this.#backlogSince : Number.POSITIVE_INFINITY
    for (const { since } of this.#all()) oldest = Math.min(oldest, since ?? oldest)
    return Math.max(0, this.#parts.seconds() - oldest)
  }

  /** Whether the last attempt failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  changed(board: string, bytes: number): void {
    const now = this.#parts.seconds()
    const { snapshotAfterMs, snapshotMaxMs, snapshotBytes } = this.#parts.limits
    const waiting = this.#waitingOf(board)
    waiting.since ??= now
    waiting.bytes += bytes
    if (waiting.failures > 0) return
    const rested = Math.min(now + snapshotAfterMs / 1000, waiting.since + snapshotMaxMs / 1000)
    waiting.due = waiting.bytes >= snapshotBytes ? now : rested
    this.#lookAt(waiting.due)
  }

  opened(board: string, isSettled: boolean): void {
    if (this.#running.has(board)) return
    const now = this.#parts.seconds()
    const waiting = this.#waitingOf(board)
    if (!isSettled) waiting.since ??= now
    if (waiting.failures === 0) waiting.due = now
    this.#lookAt(waiting.due)
  }

  leaving(board: string): void {
    const waiting = this.#waiting.get(board)
    if (!waiting || waiting.failures > 0) return
    waiting.due = this.#parts.seconds()
    this.#start()
  }

  /** Boards that were found to wait when the relay started. */
  found(boards: Iterable<string>): void {
    for (const board of boards) {
      if (!this.#waiting.has(board) && !this.#running.has(board)) this.#backlog.add(board)
    }
    this.#lookAt(this.#parts.seconds())
  }

  /** Snapshots what waits, for at most `ms`, until nothing does or the store fails; then nothing any more. */
  async finish(ms: number): Promise<void> {
    this.#atOnce = AT_ONCE_STOPPING
    this.#pausedUntil = Number.NEGATIVE_INFINITY
    this.#failures = 0
    for (const waiting of this.#waiting.values()) waiting.due = Number.NEGATIVE_INFINITY
    await new Promise<void>(resolve => {
      const cancel = this.#parts.clock.after(ms, resolve)
      this.#onRest = () => {
        cancel()
        resolve()
      }
      this.#start()
    })
    this.#isStopped = true
    this.#look?.cancel()
    const left = this.unsnapshotted
    if (left > 0)
      this.#parts.logger.warn(
        { boards: left },
        'stopping with boards whose newest changes are only in DATA_DIR',
      )
  }

  #waitingOf(board: string): Waiting {
    const known = this.#waiting.get(board)
    if (known) return known
    const since = this.#backlog.delete(board) ? this.#backlogSince : null
    const waiting: Waiting = { since, due: Number.POSITIVE_INFINITY, bytes: 0, failures: 0 }
    this.#waiting.set(board, waiting)
    return waiting
  }

  *#all(): Iterable<Waiting> {
    yield* this.#waiting.values()
    yield* this.#running.values()
  }

  #lookAt(seconds: number): void {
    if (this.#isStopped || (this.#look && this.#look.at <= seconds)) return
    this.#look?.cancel()
    const wait = Math.max(LOOK_EVERY, (seconds - this.#parts.seconds()) * 1000)
    const cancel = this.#parts.clock.after(wait, () => {
      this.#look = null
      this.#start()
    })
    this.#look = { at: seconds, cancel }
  }

  #start(): void {
    if (this.#isStopped) return
    this.#startDue()
    if (this.#running.size === 0) this.#onRest?.()
  }

  /** Starts what is due, as far as there is room, and sees to it that the rest is looked at again. */
  #startDue(): void {
    this.#look?.cancel()
    this.#look = null
    const now = this.#parts.seconds()
    if (now < this.#pausedUntil) return this.#lookAt(this.#pausedUntil)
    const atOnce = this.#failures > 0 ? 1 : this.#atOnce
    let next = Number.POSITIVE_INFINITY
    for (const [board, waiting] of this.#waiting) {
      if (this.#running.size >= atOnce) return
      if (this.#running.has(board)) continue
      if (waiting.due <= now) this.#run(board, waiting)
      else next = Math.min(next, waiting.due)
    }
    for (const board of this.#backlog) {
      if (this.#running.size >= atOnce) return
      this.#run(board, this.#waitingOf(board))
    }
    if (next < Number.POSITIVE_INFINITY) this.#lookAt(next)
  }

  #run(board: string, waiting: Waiting): void {
    this.#waiting.delete(board)
    this.#running.set(board, waiting)
    const begun = this.#parts.seconds()
    this.#perform(board).then(
      bytes => this.#succeeded(board, waiting, begun, bytes),
      error => this.#failed(board, waiting, error),
    )
  }

  #succeeded(board: string, { since }: Waiting, begun: number, bytes: number | null): void {
    this.#running.delete(board)
    if (this.#isStopped) return
    const now = this.#parts.seconds()
    if (bytes !== null) this.#parts.metrics.snapshotted(now - begun, bytes, now - (since ?? begun))
    this.#failures = 0
    this.#pausedUntil = Number.NEGATIVE_INFINITY
    if (this.#hasWarned) this.#parts.logger.info({}, 'snapshots are stored again')
    this.#hasWarned = false
    this.#start()
  }

  #failed(board: string, waiting: Waiting, err: unknown): void {
    this.#running.delete(board)
    if (this.#isStopped) return
    const { metrics, logger, random, seconds } = this.#parts
    metrics.snapshotFailed()
    // Only what is news is logged: neither each attempt of a store that is down, nor each of a board in trouble.
    if (this.#failures === 0 && waiting.failures === 0) {
      this.#hasWarned = true
      logger.warn({ board, err }, 'a snapshot cannot be stored; the log keeps everything; trying again')
    }
    this.#pausedUntil = seconds() + retryDelay(STORE_RETRY, this.#failures, random) / 1000
    this.#failures += 1
    const again = this.#waitingOf(board)
    again.since = waiting.since ?? again.since
    again.bytes += waiting.bytes
    again.failures = waiting.failures + 1
    again.due = seconds() + retryDelay(STORE_RETRY, waiting.failures, random) / 1000
    this.#start()
  }
}
