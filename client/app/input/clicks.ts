import { distance, type Vec } from '../../../shared/geometry/vec.ts'

/** Milliseconds and CSS pixels within which a second press makes a double click. */
const DOUBLE_CLICK_WITHIN = 400
const DOUBLE_CLICK_REACH = { mouse: 5, pen: 10, touch: 24 } as const

export type PointerKind = keyof typeof DOUBLE_CLICK_REACH

/** Tells double clicks from single ones. Places are CSS pixels, times milliseconds. */
export class Clicks {
  #last: {
    readonly at: Vec
    readonly time: number
    readonly pointer: PointerKind
    readonly count: 1 | 2
  } | null = null

  /** A press: 1 for a single click, 2 for the second of a double click. A third begins anew. */
  press(at: Vec, time: number, pointer: PointerKind): 1 | 2 {
    const last = this.#last
    const isSecond =
      last?.count === 1 &&
      last.pointer === pointer &&
      time - last.time <= DOUBLE_CLICK_WITHIN &&
      distance(at, last.at) <= DOUBLE_CLICK_REACH[pointer]
    const count = isSecond ? 2 : 1
    this.#last = { at, time, pointer, count }
    return count
  }

  /** The end of a press: what ends elsewhere was a drag, and no drag begins a double click. */
  release(at: Vec): void {
    if (this.#last && distance(at, this.#last.at) > DOUBLE_CLICK_REACH[this.#last.pointer]) this.#last = null
  }

  forget(): void {
    this.#last = null
  }
}
