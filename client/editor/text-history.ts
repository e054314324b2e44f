import { type RichText, rebased, sameText, type TextState } from './rich-text.ts'
import { mapCaret } from './text-edit.ts'

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
    // Done again, it brings back what is there now, in its place beside what others have typed.
    this.#future = [...this.#future, { ...step, before: next, after: selectedIn(now, step.after) }]
    return next
  }

  /** As `undo`, the other way. */
  redo(now: RichText): TextState | undefined {
    const step = this.#future.at(-1)
    if (!step) return undefined
    this.#future = this.#future.slice(0, -1)
    const next = rebased(step.before, step.after, now)
    this.#past = [...this.#past, { ...step, before: selectedIn(now, step.before), after: next }]
    return next
  }
}

/** What others have made of the text, with the same letters selected. */
const selectedIn = (now: RichText, { text, from, to }: TextState): TextState => ({
  ...now,
  from: mapCaret(text, now.text, from),
  to: mapCaret(text, now.text, to),
})
