import {
  appendBezierCurve,
  closePath,
  fill,
  fillAndStroke,
  lineTo,
  moveTo,
  type PDFOperator,
  setLineWidth,
} from '@cantoo/pdf-lib'
import fontkit, { type Font, type Glyph } from '@pdf-lib/fontkit'
import { STYLE } from '../../../shared/geometry/marks.ts'
import type { FontName } from '../../../shared/geometry/text.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { DrawnText } from '../drawn.ts'

type Line = DrawnText['lines'][number]

/** Opens WOFF2 files for their outlines. Their letters are drawn rather than embedded: what a reader shows is what was seen. */
export const fontsOf = (files: ReadonlyMap<FontName, Uint8Array>): ReadonlyMap<FontName, Font> =>
  new Map([...files].map(([name, bytes]) => [name, fontkit.create(bytes)]))

/** The outlines of a line of letters, as wide as they were measured; undefined when the font lacks one of them. */
export function lineOutlines(font: Font, fontSize: number, line: Line): readonly PDFOperator[] | undefined {
  const { glyphs, positions, advanceWidth } = font.layout(line.text)
  if (glyphs.some(({ id }) => id === 0)) return undefined
  const unit = fontSize / font.unitsPerEm
  const stretch = advanceWidth > 0 && line.w > 0 ? line.w / (advanceWidth * unit) : 1
  const { style = 0 } = line
  const slant = style & STYLE.italic ? SLANT : 0
  const operators: PDFOperator[] = []
  let x = 0
  for (const [i, glyph] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {}
    const from = x + xOffset
    operators.push(
      ...outlineOf(glyph, ([px, py]) => [
        line.x + (from + px) * unit * stretch + slant * (py + yOffset) * unit,
        line.y - (py + yOffset) * unit,
      ]),
    )
    x += xAdvance
  }
  if (operators.length === 0) return []
  return style & STYLE.bold
    ? [setLineWidth(fontSize * THICKER), ...operators, fillAndStroke()]
    : [...operators, fill()]
}

/** By how much letters in italics lean, and how much thicker bold ones are, in font sizes: as browsers do it. */
const SLANT = 0.25
const THICKER = 0.035

/** What the types of fontkit leave out. */
interface Outline {
  readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[]
}

function outlineOf(glyph: Glyph, place: (p: Vec) => Vec): readonly PDFOperator[] {
  let at: Vec = [0, 0]
  return (glyph.path as unknown as Outline).commands.map(({ command, args }) => {
    const points: Vec[] = []
    for (let i = 0; i + 1 < args.length; i += 2)
      points.push(place([args[i] as number, args[i + 1] as number]))
    const before = at
    at = points[points.length - 1] ?? at
    return operatorOf(command, before, points)
  })
}

function operatorOf(command: string, from: Vec, points: readonly Vec[]): PDFOperator {
  const [a = from, b = from, c = from] = points
  switch (command) {
    case 'moveTo':
      return moveTo(...a)
    case 'lineTo':
      return lineTo(...a)
    case 'quadraticCurveTo':
      // PDF has cubic curves only: each of their handles is two thirds of the way to the one handle.
      return appendBezierCurve(...towards(from, a), ...towards(b, a), ...b)
    case 'bezierCurveTo':
      return appendBezierCurve(...a, ...b, ...c)
    default:
      return closePath()
  }
}

const towards = (from: Vec, to: Vec): Vec => [
  from[0] + (2 / 3) * (to[0] - from[0]),
  from[1] + (2 / 3) * (to[1] - from[1]),
]
