import type { Box } from '../../shared/geometry/box.ts'
import { marksBetween, type TextStyle } from '../../shared/geometry/marks.ts'
import {
  type FontName,
  LINE_HEIGHT,
  type LineWidth,
  layoutText,
  type MarkedLine,
} from '../../shared/geometry/text.ts'
import type { Lettered, TextAlign, TextPlace } from '../../shared/shapes/common.ts'
import { type Shape, shapeTextParts, shapeTextPlace } from '../../shared/shapes/index.ts'

/** Lines of text in a box, relative to the `pos` of their shape, rotation left out. World units. */
export interface TextBlock {
  readonly lines: readonly string[]
  /** As many as `lines`, for a text that has marks; missing for all others. See `placedRuns`. */
  readonly marked?: readonly MarkedLine[]
  readonly font: FontName
  readonly fontSize: number
  readonly align: TextAlign
  /** As stored, so as seen on the light theme. */
  readonly colour: string
  /** The lines fill its height; `align` places each within its width. */
  readonly box: Box
}

/** The letters of a shape; undefined when it has none. */
export function textBlock(shape: Shape, lineWidth: LineWidth): TextBlock | undefined {
  if (!('text' in shape) || shape.text === '') return undefined
  const place = shapeTextPlace(shape, lineWidth)
  return place && placedBlock(shape, place, lineWidth)
}

/** A part of the text of a shape as a text of its own; UTF-16 offsets. */
export function partOf<S extends Lettered>(shape: S, from: number, to: number): S {
  const text = shape.text.slice(from, to)
  return shape.marks ? { ...shape, text, marks: marksBetween(shape.marks, from, to) } : { ...shape, text }
}

/** A part of the letters of a shape, by UTF-16 offsets. */
interface PartBlock {
  readonly from: number
  readonly to: number
  readonly block: TextBlock
}

/** The letters of a shape whose text is in several places, the empty ones left out. */
export const partBlocks = (shape: Shape & Lettered, lineWidth: LineWidth): readonly PartBlock[] =>
  (shapeTextParts(shape, lineWidth) ?? [])
    .filter(({ from, to }) => to > from)
    .map(({ from, to, place }) => {
      return { from, to, block: placedBlock(partOf(shape, from, to), place, lineWidth) }
    })

/** The letters in their place. */
export function placedBlock(
  { text, font, fontSize, marks }: Lettered,
  { box, align, valign, wrap, colour }: TextPlace,
  lineWidth: LineWidth,
): TextBlock {
  const { lines, w, h, marked } = layoutText(text, font, fontSize, wrap, lineWidth, marks)
  const width = Math.max(w, wrap)
  return {
    lines,
    ...(marked ? { marked } : {}),
    font,
    fontSize,
    align,
    colour,
    box: {
      x: box.x + (wrap > 0 ? (box.w - width) / 2 : 0),
      y: box.y + (box.h - h) * SHARE_ABOVE[valign],
      w: width,
      h,
    },
  }
}

/** The part of the free height that lies above the letters. */
const SHARE_ABOVE = { top: 0, middle: 0.5, bottom: 1 } as const

/** Where the text of line `i` begins, when it is `width` wide. */
export function lineStart({ box, align }: TextBlock, width: number): number {
  switch (align) {
    case 'left':
      return box.x
    case 'center':
      return box.x + (box.w - width) / 2
    case 'right':
      return box.x + box.w - width
  }
}

/** How wide line `i` is, in world units. */
export const widthOfLine = (
  { lines, marked, font, fontSize }: TextBlock,
  i: number,
  lineWidth: LineWidth,
): number => marked?.[i]?.w ?? lineWidth(lines[i] ?? '', font) * fontSize

/** Letters of one look, and where they begin. */
interface PlacedRun {
  readonly text: string
  readonly style: TextStyle
  readonly x: number
  readonly w: number
}

/** The letters of line `i`, as they are drawn from the left: in one run where the text has no marks. */
export function placedRuns(block: TextBlock, i: number, lineWidth: LineWidth): readonly PlacedRun[] {
  const w = widthOfLine(block, i, lineWidth)
  const x = lineStart(block, w)
  const line = block.marked?.[i]
  return line
    ? line.runs.map(run => ({ ...run, x: x + run.x }))
    : [{ text: block.lines[i] ?? '', style: 0, x, w }]
}

/** The top of line `i`. */
export const lineTop = ({ box, fontSize }: TextBlock, i: number): number => box.y + i * fontSize * LINE_HEIGHT
