import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { Edit } from '../board/board.ts'
import { knownShape } from './preview.ts'
import type { EditorView } from './types.ts'

/** A shape with a text of its own, or a label. */
export type LetteredShape = Extract<KnownShape, { readonly text: string }>

/** The shape whose text is being typed, be it on the board or a new text without a character. */
export function editedShape(view: EditorView): LetteredShape | undefined {
  const { editing, preview } = view.state
  if (editing === null) return undefined
  const draft = preview?.kind === 'create' && preview.shape.id === editing ? preview.shape : undefined
  const shape = knownShape(view.board, editing) ?? draft
  return shape && 'text' in shape ? shape : undefined
}

/** What must be replaced to turn one text into another; UTF-16 offsets that never split a character. */
interface Splice {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/** The smallest splice that turns `before` into `after`. */
export function textSplice(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (splitsPair(before, start) || splitsPair(after, start)) start -= 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  if (splitsPair(before, before.length - end) || splitsPair(after, after.length - end)) end -= 1
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) }
}

/** Whether `at` lies between the two halves of one character outside the basic plane. */
const splitsPair = (text: string, at: number): boolean =>
  isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at), 0xdc00, 0xdfff)

const isBetween = (code: number, low: number, high: number): boolean => code >= low && code <= high

/** The edit that makes `value` the shape's text; undefined when it is that already. */
export function textEdit(id: ShapeId, before: string, value: string): Edit | undefined {
  if (before === value) return undefined
  return { op: 'text', id, ...textSplice(before, value) }
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
