export const FONT_NAMES = ['hand', 'sans', 'mono'] as const
export type FontName = (typeof FONT_NAMES)[number]

/** The advance width of one line of text at a font size of 1. A browser measures it; a test may estimate it. */
export type LineWidth = (line: string, font: FontName) => number

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
  const limit = wrap > 0 ? wrap / fontSize : Infinity
  const lines = text.split('\n').flatMap(line => wrapLine(line, limit, part => lineWidth(part, font)))
  const widest = lines.reduce((w, line) => Math.max(w, lineWidth(line, font)), 0)
  return { lines, w: widest * fontSize, h: lines.length * fontSize * LINE_HEIGHT }
}

function wrapLine(line: string, limit: number, widthOf: (part: string) => number): readonly string[] {
  if (limit === Infinity || widthOf(line) <= limit) return [line]
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\s)/)) {
    if (current !== '' && widthOf((current + word).trimEnd()) > limit) {
      lines.push(current.trimEnd())
      current = ''
    }
    current += word
    while (widthOf(current.trimEnd()) > limit) {
      const head = longestPrefix(current, limit, widthOf)
      if (head.length >= current.length) break
      lines.push(head)
      current = current.slice(head.length)
    }
  }
  lines.push(current.trimEnd())
  return lines
}

/** The longest start of `text` that fits, by whole code points, and at least one of them. */
function longestPrefix(text: string, limit: number, widthOf: (part: string) => number): string {
  const points = [...text]
  let low = 1
  let high = points.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (widthOf(points.slice(0, middle).join('')) <= limit) low = middle
    else high = middle - 1
  }
  return points.slice(0, low).join('')
}
