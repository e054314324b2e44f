import { type RichText, rebased, sameText, type TextState } from './rich-text.ts'

/** Letters that are typed, or erased, one after another are one step. */
export type StepKind = 'type' | 'erase' | 'other'

interface TextStep {
  readonly before: TextState
  readonly after: TextState
  readonly kind: StepKind
}

/** Steps that are remembered. */
const MOST_STEPS = 200

/** What a person did to a text while it is open, to be taken back step by step, whatever others do to it meanwhile. */
export class TextHistory {
  #past: readonly TextStep[] = []
  #future: readonly TextStep[] = []

  clear(): void {
    this.#past = []
    this.#future = []
  }

  note(before: TextState, after: TextState, kind: StepKind): void {
    this.#future = []
    const last = this.#past.at(-1)
    const goesOn =
      last !== undefined &&
      kind !== 'other' &&
      last.kind === kind &&
      before.from === before.to &&
      last.after.to === before.to &&
      sameText(last.after, before)
    const step = { before: goesOn ? last.before : before, after, kind }
    this.#past = [...(goesOn ? this.#past.slice(0, -1) : this.#past), step].slice(-MOST_STEPS)
  }

  /** The text without the last step; undefined when there is none. */
  undo(now: RichText): TextState | undefined {
    const step = this.#past.at(-1)
    if (!step) return undefined
    this.#past = this.#past.slice(0, -1)
    const next = rebased(step.after, step.before, now)
    // Done again, it is done to what is there now.
    this.#future = [...this.#future, { ...step, before: next, after: rebased(step.before, step.after, next) }]
    return next
  }

  /** As `undo`, the other way. */
  redo(now: RichText): TextState | undefined {
    const step = this.#future.at(-1)
    if (!step) return undefined
    this.#future = this.#future.slice(0, -1)
    const next = rebased(step.before, step.after, now)
    this.#past = [...this.#past, { ...step, after: next }]
    return next
  }
}
