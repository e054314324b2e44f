export const FONT_NAMES = ['hand', 'sans', 'mono'] as const
export type FontName = (typeof FONT_NAMES)[number]

/** The advance width of one line of text at a font size of 1. A browser measures it; a test may estimate it. */
export type LineWidth = (line: string, font: FontName) => number

/** A share of the wrap: a line that just fits does so at any size, whatever the division of the two is rounded to. */
const SLACK = 1e-9

/** Baseline to baseline, in font sizes. */
export const LINE_HEIGHT = 1.25

export interface TextLayout {
  readonly lines: readonly string[]
  /** World units. */
  readonly w: number
  readonly h: number
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
): TextLayout {
  const limit = wrap > 0 ? (wrap / fontSize) * (1 + SLACK) : Infinity
  const lines = text.split('\n').flatMap(line => wrapLine(line, limit, part => lineWidth(part, font)))
  const widest = lines.reduce((w, line) => Math.max(w, lineWidth(line, font)), 0)
  return { lines, w: widest * fontSize, h: lines.length * fontSize * LINE_HEIGHT }
}

function wrapLine(line: string, limit: number, widthOf: (part: string) => number): readonly string[] {
  if (limit === Infinity || widthOf(line) <= limit) return [line]
  const lines: string[] = []
  for (let at = 0; at < line.length; ) {
    const end = lineEnd(line, at, limit, widthOf)
    lines.push(line.slice(at, end).trimEnd())
    at = end
  }
  return lines
}

/**
 * Where the line that begins at `at` ends: after the last white space that fits, or in the middle of a word that is
 * too wide for a line, but always after one code point. White space may hang over the end.
 */
function lineEnd(line: string, at: number, limit: number, widthOf: (part: string) => number): number {
  const fits = (end: number) => widthOf(line.slice(at, wholePoints(line, end)).trimEnd()) <= limit
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
