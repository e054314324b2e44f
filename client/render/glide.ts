import { lerp, type Vec } from '../../shared/geometry/vec.ts'

/** ms. About the time between two updates of presence, so that a cursor arrives just as the next one comes. */
const DURATION = 80

/** A point that moves smoothly to where it was last told to be. */
export class Glide {
  #from: Vec
  #to: Vec
  #start = -Infinity

  constructor(at: Vec) {
    this.#from = at
    this.#to = at
  }

  /** Heads for `to`. Jumps there when `isStill`, as people who want reduced motion prefer. */
  aim(to: Vec, now: number, isStill: boolean): void {
    if (to[0] === this.#to[0] && to[1] === this.#to[1]) return
    this.#from = isStill ? to : this.at(now)
    this.#to = to
    this.#start = now
  }

  at(now: number): Vec {
    const t = Math.max(0, Math.min(1, (now - this.#start) / DURATION))
    return lerp(this.#from, this.#to, t * (2 - t))
  }

  isMoving(now: number): boolean {
    return now - this.#start < DURATION
  }
}
