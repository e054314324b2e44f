import * as Y from 'yjs'
import {
  ANY_STYLE,
  inherited,
  type Mark,
  type Marks,
  NO_MARKS,
  restyledMarks,
  runsOf,
  STYLE,
  styleBefore,
  type TextStyle,
} from '../../shared/geometry/marks.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import { splitsPair } from '../../shared/util/text-splice.ts'
import type { Edit } from './board.ts'

/** The attributes under which a Y.Text holds looks; the value of each is `true`. */
const ATTRIBUTES = [
  ['b', STYLE.bold],
  ['i', STYLE.italic],
  ['s', STYLE.strike],
  ['l', STYLE.list],
] as const

type Attributes = Record<string, true | null>

/** The attributes of letters that look so, and in no other way. */
function attributesOf(style: TextStyle): Attributes {
  const attributes: Attributes = {}
  for (const [key, bit] of ATTRIBUTES) if (style & bit) attributes[key] = true
  return attributes
}

const BITS: ReadonlyMap<string, TextStyle> = new Map(ATTRIBUTES)

/**
 * How the letters of a text look, by offsets of its `toString()`. Much faster than by way of `toDelta()`, for a text that changes
 * its look very often. What another client put there besides is no look.
 */
export function marksOf(text: Y.Text): Marks {
  const marks: Mark[] = []
  let at = 0
  let style: TextStyle = 0
  for (let item = text._start; item; item = item.right) {
    const { content } = item
    if (item.deleted) continue
    if (content instanceof Y.ContentFormat) {
      const bit = BITS.get(content.key) ?? 0
      style = (content.value as unknown) === true ? style | bit : style & ~bit
    } else if (content instanceof Y.ContentString) {
      const last = marks.at(-1)
      const to = at + content.str.length
      if (style !== 0 && last?.to === at && last.style === style) marks[marks.length - 1] = { ...last, to }
      else if (style !== 0) marks.push({ from: at, to, style })
      at = to
    }
  }
  return marks.length === 0 ? NO_MARKS : marks
}

/** A text that is not in a document yet. */
export function newText(value: string, marks: Marks = NO_MARKS): Y.Text {
  if (marks.length === 0) return new Y.Text(value)
  const text = new Y.Text()
  const runs = runsOf(value, wholeCharacters(value, marks))
  text.applyDelta(runs.map(run => ({ insert: run.text, attributes: attributesOf(run.style) })))
  return text
}

/** Inserts letters that look like `style`, or else like the letter before them, but never as the marker of a list by chance. */
export function insertLetters(text: Y.Text, at: number, letters: string, style?: TextStyle): void {
  if (style !== undefined) text.insert(at, letters, attributesOf(style))
  else {
    const before = styleBefore(marksOf(text), at)
    if (before & STYLE.list) text.insert(at, letters, attributesOf(inherited(before)))
    else text.insert(at, letters)
  }
}

/** Gives letters the looks of a mark edit, or takes them away; false where there are none. */
export function markLetters(text: Y.Text, { from, to, style, on }: Extract<Edit, { op: 'mark' }>): boolean {
  const value = text.toString()
  const [begin, end] = wholeRange(value, from, Math.min(to, value.length))
  if (begin >= end) return false
  const attributes: Attributes = {}
  for (const [key, bit] of ATTRIBUTES) if (style & bit) attributes[key] = on ? true : null
  text.format(begin, end - begin, attributes)
  return true
}

/** Yjs loses a character that is looked at by halves. */
const wholeCharacters = (text: string, marks: Marks): Marks =>
  marks.map(mark => {
    const [from, to] = wholeRange(text, mark.from, mark.to)
    return { from, to, style: mark.style }
  })

const wholeRange = (text: string, from: number, to: number): readonly [number, number] => [
  splitsPair(text, from) ? from - 1 : from,
  splitsPair(text, to) ? to + 1 : to,
]

/** Throws a RangeError when the marks of a new shape are not marks of its text. */
export function assertMarks(marks: Marks, text: string): void {
  if (marks.length > MOST_COPIED) throw new RangeError(tooMany(MOST_COPIED))
  let reached = 0
  for (const { from, to, style } of marks) {
    const isRange = Number.isInteger(from) && Number.isInteger(to) && from >= reached && from < to
    if (!isRange || to > text.length || !isStyle(style) || style === 0)
      throw new RangeError(`A mark from ${from} to ${to} is not one of a text of ${text.length} characters.`)
    reached = to
  }
}

/** Throws a RangeError when a mark edit names no range or no look, or makes too many marks in the text of `shape`. */
export function assertMark({ from, to, style, on }: Extract<Edit, { op: 'mark' }>, shape?: Shape): void {
  if (![from, to].every(n => Number.isInteger(n) && n >= 0))
    throw new RangeError(`A mark from ${from} to ${to} is not valid.`)
  assertStyle(style)
  const marks = (shape && 'marks' in shape && shape.marks) || NO_MARKS
  if (marks.length < LIMITS.textMarks) return
  if (restyledMarks(marks, from, to, style, on).length > marks.length)
    throw new RangeError(tooMany(LIMITS.textMarks))
}

/** Marks of a new shape, which may be the copy of one that a merge gave many: they all fit into a text. */
const MOST_COPIED = LIMITS.mergedTextFormats / 10

const tooMany = (most: number): string => `A text has at most ${most} marks.`

export function assertStyle(style: TextStyle): void {
  if (!isStyle(style)) throw new RangeError(`${style} is not the look of letters.`)
}

const isStyle = (style: TextStyle): boolean => Number.isInteger(style) && (style & ~ANY_STYLE) === 0
