/** ms. A hand that writes lies on the screen before, between and after its strokes. */
const PALM_FOR = 500

/** Tells palms from fingers: a touch that comes while a pen is at work. Times in ms. */
export class PenWatch {
  #isDown = false
  #lastSeen = -Infinity
  #isKnown = false

  /** A pen came down. Returns whether it is the first one ever seen here. */
  press(): boolean {
    const isFirst = !this.#isKnown
    this.#isKnown = true
    this.#isDown = true
    return isFirst
  }

  /** A pen was seen above the screen, or was lifted. */
  see(time: number, isDown: boolean): void {
    this.#isDown = isDown
    this.#lastSeen = time
  }

  /** Whether a touch that begins now is the palm of the hand that holds the pen. */
  isPalm(time: number): boolean {
    return this.#isDown || time - this.#lastSeen < PALM_FOR
  }
}
