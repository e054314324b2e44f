import { firstAfter, markerEnd } from './list-marker.ts'
import { type Mark, type Marks, NO_MARKS, STYLE, type TextStyle } from './marks.ts'

export const FONT_NAMES = ['hand', 'sans', 'mono'] as const
export type FontName = (typeof FONT_NAMES)[number]

/**
 * The advance width of one line of text at a font size of 1, in the face of `style`. A browser measures it; a test may
 * estimate it.
 */
export type LineWidth = (line: string, font: FontName, style?: TextStyle) => number

/** A share of the wrap: a line that just fits does so at any size, whatever the division of the two is rounded to. */
const SLACK = 1e-9

/** Baseline to baseline, in font sizes. */
export const LINE_HEIGHT = 1.25

export interface TextLayout {
  readonly lines: readonly string[]
  /** World units. */
  readonly w: number
  readonly h: number
  /** As many as `lines`, for a text that has marks; missing for all others. */
  readonly marked?: readonly MarkedLine[]
}

/** A line of a text that has marks. World units. */
export interface MarkedLine {
  /** Where it begins in the text, in UTF-16 code units. */
  readonly from: number
  /** All of it, with the room before its letters, and in a list that behind them: its lines are all as wide as the widest. */
  readonly w: number
  /** How far the further lines of the item that it belongs to stand in; 0 outside of lists. */
  readonly hang: number
  /** In the order of the text. */
  readonly runs: readonly TextRun[]
}

/** Letters of one look. */
export interface TextRun {
  readonly text: string
  /** Where it begins in the text, in UTF-16 code units. */
  readonly from: number
  readonly style: TextStyle
  /** World units from where its line begins. */
  readonly x: number
  readonly w: number
}

/**
 * Breaks `text` into lines, at its newlines and, when `wrap` is above zero, so that no line is wider than
 * `wrap` world units unless a single character is.
 */
export function layoutText(
  text: string,
  font: FontName,
  fontSize: number,
  wrap: number,
  lineWidth: LineWidth,
  marks: Marks = NO_MARKS,
): TextLayout {
  const limit = wrap > 0 ? (wrap / fontSize) * (1 + SLACK) : Infinity
  if (marks.length > 0) return layoutMarked(text, fontSize, limit, new Pieces(text, marks, font, lineWidth))
  const lines = text.split('\n').flatMap(line => wrapLine(line, limit, part => lineWidth(part, font)))
  const widest = lines.reduce((w, line) => Math.max(w, lineWidth(line, font)), 0)
  return { lines, w: widest * fontSize, h: lines.length * fontSize * LINE_HEIGHT }
}

/** The width of a part of a line, which begins at `at` in it. */
type PartWidth = (part: string, at: number) => number

const wrapLine = (line: string, limit: number, widthOf: PartWidth): readonly string[] =>
  wrapped(line, limit, widthOf).map(({ text }) => text)

/** The lines that `line` is broken into, and where each begins; all but the first stand in by `hang`. */
function wrapped(line: string, limit: number, widthOf: PartWidth, hang = 0) {
  if (limit === Infinity || widthOf(line, 0) <= limit) return [{ at: 0, text: line }]
  const lines: { readonly at: number; readonly text: string }[] = []
  for (let at = 0; at < line.length; ) {
    const end = lineEnd(line, at, at === 0 ? limit : limit - hang, widthOf)
    lines.push({ at, text: line.slice(at, end).trimEnd() })
    at = end
  }
  return lines
}

function layoutMarked(text: string, fontSize: number, limit: number, pieces: Pieces): TextLayout {
  const lines: string[] = []
  const marked: MarkedLine[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const from = start
    const marker = markerEnd(text, from, pieces.marks)
    // A marker never takes more than half of a line.
    const hang = Math.min(limit / 2, pieces.width(from, marker))
    const widthOf = (part: string, at: number) => pieces.width(from + at, from + at + part.length)
    for (const { at, text: part } of wrapped(line, limit, widthOf, hang)) {
      lines.push(part)
      const runs = pieces.runs(from + at, from + at + part.length, at === 0 ? 0 : hang, fontSize)
      const last = runs.at(-1)
      const w = last ? last.x + last.w : at === 0 ? 0 : hang * fontSize
      marked.push({ from: from + at, w, hang: hang * fontSize, runs })
    }
    start = from + line.length + 1
  }
  const w = marked.reduce((most, line) => Math.max(most, line.w), 0)
  const even = evenLists(marked)
  return {
    ...{ lines, w, h: lines.length * fontSize * LINE_HEIGHT },
    marked: runsLeft(lines) ? even.map(mirrored) : even,
  }
}

/** All lines of a list are as wide as the widest, so that its markers stand below each other, however the text is aligned. */
function evenLists(lines: readonly MarkedLine[]): readonly MarkedLine[] {
  const widths: number[] = []
  for (const [i, { hang, w }] of lines.entries()) {
    const isFurther = hang > 0 && (lines[i - 1]?.hang ?? 0) > 0
    widths.push(isFurther ? Math.max(widths[i - 1] ?? 0, w) : w)
  }
  for (let i = lines.length - 2; i >= 0; i--)
    if ((lines[i]?.hang ?? 0) > 0 && (lines[i + 1]?.hang ?? 0) > 0) widths[i] = widths[i + 1] ?? 0
  return lines.map((line, i) => (line.hang > 0 ? { ...line, w: widths[i] ?? line.w } : line))
}

/** A line as it is from the right. */
const mirrored = (line: MarkedLine): MarkedLine => ({
  ...line,
  runs: line.runs.map(run => ({ ...run, x: line.w - run.x - run.w })),
})

/** Bold and italic letters have widths of their own; a line through them changes nothing. */
const FACE = STYLE.bold | STYLE.italic

/** A text cut where its looks change. Widths are at a font size of 1. */
class Pieces {
  readonly marks: Marks
  readonly #text: string
  readonly #widthOf: (part: string, style: TextStyle) => number
  /** Without gaps. */
  readonly #pieces: readonly Mark[]

  constructor(text: string, marks: Marks, font: FontName, lineWidth: LineWidth) {
    this.marks = marks
    this.#text = text
    this.#widthOf = (part, style) => lineWidth(part, font, style & FACE)
    const pieces: Mark[] = []
    let at = 0
    for (const mark of [...marks, { from: text.length, to: text.length, style: 0 }]) {
      const from = Math.max(at, Math.min(mark.from, text.length))
      const to = Math.min(mark.to, text.length)
      if (from > at) pieces.push({ from: at, to: from, style: 0 })
      if (to > from) pieces.push({ from, to, style: mark.style })
      at = Math.max(from, to)
    }
    this.#pieces = pieces
  }

  width(from: number, to: number): number {
    let sum = 0
    for (const { text, style } of this.#within(from, to)) sum += this.#widthOf(text, style)
    return sum
  }

  /** The letters from `from` to `to`, the first of them at `indent`; world units. */
  runs(from: number, to: number, indent: number, fontSize: number): readonly TextRun[] {
    let x = indent * fontSize
    return this.#within(from, to).map(({ text, from: at, style }) => {
      const run = { text, from: at, style, x, w: this.#widthOf(text, style) * fontSize }
      x += run.w
      return run
    })
  }

  #within(from: number, to: number): readonly Pick<TextRun, 'text' | 'from' | 'style'>[] {
    const found: Pick<TextRun, 'text' | 'from' | 'style'>[] = []
    for (let i = firstAfter(this.#pieces, from); i < this.#pieces.length; i++) {
      const piece = this.#pieces[i] as Mark
      if (piece.from >= to) break
      const at = Math.max(from, piece.from)
      const text = this.#text.slice(at, Math.min(to, piece.to))
      found.push({ text, from: at, style: piece.style })
    }
    return found
  }
}

/**
 * Where the line that begins at `at` ends: after the last white space that fits, or in the middle of a word that is
 * too wide for a line, but always after one code point. White space may hang over the end.
 */
function lineEnd(line: string, at: number, limit: number, widthOf: PartWidth): number {
  const fits = (end: number) => widthOf(line.slice(at, wholePoints(line, end)).trimEnd(), at) <= limit
  // Doubling first keeps what is measured in proportion to the line, however much text follows.
  let most = at + 1
  while (most < line.length && fits(most)) most = Math.min(line.length, at + 2 * (most - at))
  let least = at
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(middle)) least = middle
    else most = middle - 1
  }
  let end = wholePoints(line, Math.max(least, at + 1))
  while (end < line.length && isSpace(line, end)) end++
  if (end === line.length) return end
  for (let i = end; i > at; i--) if (isSpace(line, i - 1)) return i
  return end
}

const isSpace = (text: string, at: number): boolean => /\s/.test(text[at] ?? '')

/** `end`, or one more where it would cut a code point of two units in half. */
function wholePoints(text: string, end: number): number {
  const unit = text.charCodeAt(end)
  return unit >= 0xdc00 && unit <= 0xdfff ? end + 1 : end
}

const LETTER = /\p{L}/u
const RUNS_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** Whether the first letter is of a script that runs to the left. */
export function runsLeft(lines: readonly string[]): boolean {
  for (const line of lines) {
    const letter = LETTER.exec(line)
    if (letter) return RUNS_LEFT.test(letter[0])
  }
  return false
}

/** The lines of a text as they are drawn: all of them run as its first letter does, whatever each begins with. */
export const inReadingOrder = (lines: readonly string[]): readonly string[] =>
  runsLeft(lines) ? lines.map(line => `\u2067${line}\u2069`) : lines
