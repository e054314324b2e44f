import type { Clock } from '../../../shared/util/clock.ts'

export interface NoticeAction {
  readonly label: string
  run(): void
}

export interface Notice {
  readonly id: number
  /** Errors and offers stay until the person dismisses them. */
  readonly kind: 'info' | 'offer' | 'error'
  readonly text: string
  readonly action?: NoticeAction
}

/** ms. Long enough to read two short lines. */
const SHOWN_FOR = 5_000
/** ms. Long enough to notice, think, and reach the button. */
const SHOWN_WITH_ACTION_FOR = 10_000
/** More at once than this hides the board on a phone: the oldest that is no error gives way. */
const MOST = 4

/** Short messages to the person. Elements show them; anyone may post one. */
export class Notices {
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  readonly #timers = new Map<number, () => void>()
  #list: readonly Notice[] = []
  #lastId = 0
  #isHeld = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The oldest first. A new array after each change. */
  get list(): readonly Notice[] {
    return this.#list
  }

  /** Says something that needs no answer. Returns its dismissal. */
  info(text: string, action?: NoticeAction): () => void {
    return this.#post({ id: this.#nextId(), kind: 'info', text, ...(action ? { action } : {}) })
  }

  /** Says something that the person may take up whenever it suits; stays until dismissed. Returns its dismissal. */
  offer(text: string, action?: NoticeAction): () => void {
    return this.#post({ id: this.#nextId(), kind: 'offer', text, ...(action ? { action } : {}) })
  }

  /** Says what went wrong and what to do; stays until dismissed. The same words are not shown twice. */
  error(text: string, action?: NoticeAction): () => void {
    for (const shown of this.#list) if (shown.kind === 'error' && shown.text === text) this.dismiss(shown.id)
    return this.#post({ id: this.#nextId(), kind: 'error', text, ...(action ? { action } : {}) })
  }

  dismiss(id: number): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    this.#set(this.#list.filter(notice => notice.id !== id))
  }

  /** Keeps everything on screen while the person points at it; `release` lets time run again. */
  hold(): void {
    this.#isHeld = true
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  release(): void {
    this.#isHeld = false
    for (const notice of this.#list) if (!this.#timers.has(notice.id)) this.#startTimer(notice)
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  #post(notice: Notice): () => void {
    const oldest = this.#list.find(old => old.kind === 'info')
    if (oldest && this.#list.length >= MOST) this.dismiss(oldest.id)
    this.#set([...this.#list, notice])
    this.#startTimer(notice)
    return () => this.dismiss(notice.id)
  }

  #startTimer({ id, kind, action }: Notice): void {
    if (kind !== 'info' || this.#isHeld) return
    const shownFor = action ? SHOWN_WITH_ACTION_FOR : SHOWN_FOR
    this.#timers.set(
      id,
      this.#clock.after(shownFor, () => this.dismiss(id)),
    )
  }

  #set(list: readonly Notice[]): void {
    if (list.length === this.#list.length && list.every((notice, i) => notice === this.#list[i])) return
    this.#list = list
    for (const listener of this.#listeners) listener()
  }
}
