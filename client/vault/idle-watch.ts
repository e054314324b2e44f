import type { Clock } from '../../shared/util/clock.ts'

/** ms. Timers stand still while a computer sleeps: after it wakes, idleness shows within this time. */
const CHECK_EVERY = 15_000

/** ms. What other tabs said while the browser held this one asleep arrives before they are all locked. */
const CONFIRM_AFTER = 1_000

const MINUTE = 60_000

/**
 * Tells when nobody has done anything for a time. Input after that time changes nothing any more, since it may be that of
 * somebody else.
 */
export class IdleWatch {
  readonly #clock: Clock
  readonly #onIdle: () => void
  #minutes: number | null = null
  #lastInput = 0
  #wasIdle = false
  #stop: () => void = () => {}

  constructor(clock: Clock, onIdle: () => void) {
    this.#clock = clock
    this.#onIdle = onIdle
  }

  /** Watches for so many minutes without input, from now on when that is another number than before; null for never. */
  watch(minutes: number | null): void {
    if (minutes === this.#minutes) return
    this.#minutes = minutes
    this.#lastInput = this.#clock.now()
    this.#wasIdle = false
    this.#check()
  }

  /** There was input in this tab. Returns whether it counted. */
  touch(): boolean {
    if (this.#left() <= 0) return false
    this.#lastInput = this.#clock.now()
    return true
  }

  /** There was input in another tab at `at`, in ms since the epoch. */
  touchedElsewhere(at: number): void {
    this.#lastInput = Math.max(this.#lastInput, Math.min(at, this.#clock.now()))
  }

  /** ms of idle time that are left. */
  #left(): number {
    if (this.#minutes === null) return Number.POSITIVE_INFINITY
    return this.#lastInput + this.#minutes * MINUTE - this.#clock.now()
  }

  #check(): void {
    this.#stop()
    if (this.#minutes === null) return
    // A clock that was set back must not keep the boards open for as long.
    this.#lastInput = Math.min(this.#lastInput, this.#clock.now())
    const left = this.#left()
    const isIdle = left <= 0
    if (isIdle && this.#wasIdle) return this.#onIdle()
    this.#wasIdle = isIdle
    this.#stop = this.#clock.after(isIdle ? CONFIRM_AFTER : Math.min(left, CHECK_EVERY), () => this.#check())
  }
}
