import { now } from '../clock.ts'

/** Something to be done at a time, again and again. */
export interface Task {
  /** ms since the start. */
  due: number
  /** Whether nobody minds that it is late. */
  isLax?: boolean
  /** Does it, and says when it is due next; null for never. */
  run(due: number): number | null
}

/** ms of work after which the sockets get their turn. */
const TURN = 4

/**
 * Does everything at its time, which was set before: what comes late is done late, not left out, and the next is not put
 * off. `onLate` is told how late each was.
 */
export class Schedule {
  readonly #heap: Task[] = []
  readonly #onLate: (ms: number) => void
  readonly #startAt: number
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  /** @param startAt by `now`. */
  constructor(startAt: number, onLate: (ms: number) => void) {
    this.#startAt = startAt
    this.#onLate = onLate
  }

  add(task: Task): void {
    this.#heap.push(task)
    this.#rise(this.#heap.length - 1)
    this.#wait()
  }

  get isDone(): boolean {
    return this.#heap.length === 0
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
  }

  #wait(): void {
    if (this.#isStopped) return
    if (this.#timer) clearTimeout(this.#timer)
    const [next] = this.#heap
    if (!next) return
    this.#timer = setTimeout(() => this.#work(), Math.max(0, this.#startAt + next.due - now()))
  }

  #work(): void {
    const begun = now()
    for (let [next] = this.#heap; next; [next] = this.#heap) {
      const at = now()
      const late = at - this.#startAt - next.due
      if (late < 0) break
      if (at - begun > TURN) {
        setImmediate(() => this.#isStopped || this.#work())
        return
      }
      if (!next.isLax) this.#onLate(late)
      const due = next.run(next.due)
      if (due === null) this.#removeFirst()
      else {
        next.due = due
        this.#sink(0)
      }
    }
    this.#wait()
  }

  #removeFirst(): void {
    const last = this.#heap.pop()
    if (!last || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#at(parent).due <= this.#at(at).due) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(from: number): void {
    let at = from
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#at(child).due < this.#at(least).due) least = child
      }
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #at(index: number): Task {
    return this.#heap[index] as Task
  }

  #swap(a: number, b: number): void {
    const held = this.#at(a)
    this.#heap[a] = this.#at(b)
    this.#heap[b] = held
  }
}
