import type { Box } from '../../shared/geometry/box.ts'
import { type FontName, LINE_HEIGHT, type LineWidth, layoutText } from '../../shared/geometry/text.ts'
import type { Lettered, TextAlign, TextPlace } from '../../shared/shapes/common.ts'
import { type Shape, shapeTextParts, shapeTextPlace } from '../../shared/shapes/index.ts'

/** Lines of text in a box, relative to the `pos` of their shape, rotation left out. World units. */
export interface TextBlock {
  readonly lines: readonly string[]
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
      const text = shape.text.slice(from, to)
      return { from, to, block: placedBlock({ ...shape, text }, place, lineWidth) }
    })

/** The letters in their place. */
export function placedBlock(
  { text, font, fontSize }: Lettered,
  { box, align, valign, wrap, colour }: TextPlace,
  lineWidth: LineWidth,
): TextBlock {
  const { lines, w, h } = layoutText(text, font, fontSize, wrap, lineWidth)
  const width = Math.max(w, wrap)
  return {
    lines,
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

/** The top of line `i`. */
export const lineTop = ({ box, fontSize }: TextBlock, i: number): number => box.y + i * fontSize * LINE_HEIGHT
