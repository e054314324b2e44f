import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { splitsPair, textSplice } from '../../shared/util/text-splice.ts'
import { knownShape } from './preview.ts'
import type { EditorView } from './types.ts'

/** A shape with a text of its own, or a label. */
export type LetteredShape = Extract<KnownShape, { readonly text: string }>

/** Whether a person may type into the shape: a text, a label, the name of a frame. */
export const isTyped = (shape: KnownShape | undefined): boolean =>
  shape !== undefined && ('text' in shape || shape.type === 'frame') && !shape.locked

/** The shape whose text is being typed, be it on the board or a new text without a character. */
export function editedShape(view: EditorView): LetteredShape | undefined {
  const { editing, preview } = view.state
  if (editing === null) return undefined
  const draft = preview?.kind === 'create' && preview.shape.id === editing ? preview.shape : undefined
  const shape = knownShape(view.board, editing) ?? draft
  return shape && 'text' in shape ? shape : undefined
}

/** As much of `text` as one shape may hold, cut between characters. */
export function withinTextLimit(text: string, limit: number = LIMITS.textLength): string {
  if (text.length <= limit) return text
  return text.slice(0, splitsPair(text, limit) ? limit - 1 : limit)
}

/** Where a caret belongs after another person turned the text `before` into `after`; UTF-16 offsets. */
export function mapCaret(before: string, after: string, caret: number): number {
  const { at, remove, insert } = textSplice(before, after)
  if (caret <= at) return caret
  if (caret >= at + remove) return caret + insert.length - remove
  return at + insert.length
}
