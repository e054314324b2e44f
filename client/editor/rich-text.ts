import {
  type Mark,
  type Marks,
  marksBetween,
  movedMarks,
  NO_MARKS,
  restyledMarks,
  STYLE,
  sameMarks,
  splicedMarks,
  styleOver,
  type TextStyle,
} from '../../shared/geometry/marks.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { textSplice } from '../../shared/util/text-splice.ts'
import type { Edit } from '../board/board.ts'
import { mapCaret } from './text-edit.ts'

/** Letters and how they look. All offsets are in UTF-16 code units. */
export interface RichText {
  readonly text: string
  readonly marks: Marks
}

/** A text that is typed in; what is selected of it, `from` first. */
export interface TextState extends RichText {
  readonly from: number
  readonly to: number
}

/** Looks that letters from `from` to `to` got, or lost. */
interface Restyling extends Mark {
  readonly on: boolean
}

export const richText = ({
  text,
  marks = NO_MARKS,
}: {
  readonly text: string
  readonly marks?: Marks
}): RichText => ({
  text,
  marks,
})

export const sameText = (a: RichText, b: RichText): boolean =>
  a.text === b.text && sameMarks(a.marks, b.marks)

/** How letters look that are typed without more ado in place of those from `from` to `to`. */
export const typedStyle = ({ marks }: RichText, from: number, to: number = from): TextStyle =>
  styleOver(marks, from, Math.min(to, from + 1)) & ~STYLE.list

/** `insert` in place of the `remove` letters at `at`. */
export function spliced<T extends RichText>(
  state: T,
  at: number,
  remove: number,
  insert: string,
  style: TextStyle = typedStyle(state, at, at + remove),
): T {
  const text = state.text.slice(0, at) + insert + state.text.slice(at + remove)
  return { ...state, text, marks: splicedMarks(state.marks, at, remove, insert.length, style) }
}

/** What a person made of a text by typing up to `caret`, who has chosen `style` for it, or nothing. */
export function typed(
  before: RichText,
  value: string,
  caret: number | undefined,
  style?: TextStyle,
): RichText {
  const { at, remove, insert } = textSplice(before.text, value, caret)
  return spliced(before, at, remove, insert, style)
}

export const restyled = <T extends RichText>(state: T, { from, to, style, on }: Restyling): T => ({
  ...state,
  marks: restyledMarks(state.marks, from, to, style, on),
})

/** The text with the looks of `marks` too. */
export const restyledAll = <T extends RichText>(state: T, marks: Marks): T =>
  marks.reduce((made, mark) => restyled(made, { ...mark, on: true }), state)

/** The edits that turn the text of a shape from `before` into `after`, typed up to `caret`. */
export function richEdits(id: ShapeId, before: RichText, after: RichText, caret?: number): readonly Edit[] {
  const { at, remove, insert } = textSplice(before.text, after.text, caret)
  const wanted = styleOver(after.marks, at, at + Math.min(1, insert.length))
  const inherits = insert === '' || wanted === typedStyle(before, at)
  const between = spliced(before, at, remove, insert, insert === '' ? 0 : wanted)
  const splice: Edit = { op: 'text', id, at, remove, insert, ...(inherits ? {} : { style: wanted }) }
  const changes = restylings(between.marks, after.marks, after.text.length)
  return [
    ...(remove > 0 || insert !== '' ? [splice] : []),
    ...changes.map(({ from, to, style, on }): Edit => ({ op: 'mark', id, from, to, style, on })),
  ]
}

/** What turns the marks `before` of a text of `length` into `after`. */
function restylings(before: Marks, after: Marks, length: number): readonly Restyling[] {
  if (sameMarks(before, after)) return []
  const ends = new Set([...before, ...after].flatMap(({ from, to }) => [from, to]))
  const cuts = [...ends].filter(at => at <= length).sort((a, b) => a - b)
  const found: Restyling[] = []
  const add = (from: number, to: number, style: TextStyle, on: boolean) => {
    if (style === 0) return
    const last = found.findIndex(each => each.to === from && each.style === style && each.on === on)
    if (last === -1) found.push({ from, to, style, on })
    else found[last] = { ...(found[last] as Restyling), to }
  }
  for (const [i, from] of cuts.entries()) {
    const to = cuts[i + 1]
    if (to === undefined) break
    const [old, now] = [styleOver(before, from, to), styleOver(after, from, to)]
    add(from, to, now & ~old, true)
    add(from, to, old & ~now, false)
  }
  return found
}

/** As `mapCaret`, but behind what was put at the place. */
function placeBehind(before: string, after: string, place: number): number {
  const { at, remove, insert } = textSplice(before, after)
  if (place < at) return place
  return Math.max(place, at + remove) + insert.length - remove
}

/** The step from `from` to `to`, done to what others have made of `from` meanwhile. */
export function rebased(from: RichText, to: TextState, now: RichText): TextState {
  if (sameText(from, now)) return to
  const { at, remove, insert } = textSplice(from.text, to.text, to.to)
  // What others put right before the letters that go, or in their place, stays.
  const start = (remove > 0 ? placeBehind : mapCaret)(from.text, now.text, at)
  const end = Math.max(start, mapCaret(from.text, now.text, at + remove))
  const theirs = textSplice(from.text, now.text)
  const last = theirs.at + theirs.insert.length
  const isWithin = theirs.at > at && theirs.at + theirs.remove < at + remove
  // So does what they put between those letters.
  let next = isWithin ? spliced(now, last, end - last, '', 0) : now
  next = spliced(next, start, (isWithin ? theirs.at : end) - start, insert, 0)
  const inserted = marksBetween(to.marks, at, at + insert.length)
  const own = (state: RichText, place: number) => restyledAll(state, movedMarks(inserted, place))
  next = own(next, start)
  const moved = (place: number) => mapCaret(to.text, next.text, place)
  const between = own(spliced(from, at, remove, insert, 0), at)
  const changes = restylings(between.marks, to.marks, to.text.length)
  for (const change of changes)
    next = restyled(next, { ...change, from: moved(change.from), to: moved(change.to) })
  return { ...next, from: moved(to.from), to: moved(to.to) }
}
