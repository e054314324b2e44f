import type { Box } from '../../shared/geometry/box.ts'
import { type FontName, LINE_HEIGHT, type LineWidth, layoutText } from '../../shared/geometry/text.ts'
import type { Boxed } from '../../shared/shapes/boxed.ts'
import type { TextAlign } from '../../shared/shapes/common.ts'
import { type TextShape, textLayout } from '../../shared/shapes/text.ts'

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

/** World units kept free between a label and the edge of its shape. */
const LABEL_PADDING = 6

/** The part of its box that each figure leaves to a label. */
const LABEL_SHARE = { rectangle: 1, ellipse: Math.SQRT1_2, diamond: 0.5 } as const

type Labelled = Boxed & { readonly type: keyof typeof LABEL_SHARE }

/** The width at which a label wraps, in world units: never narrower than a letter. */
const labelWrap = (shape: Labelled): number =>
  Math.max(shape.fontSize, shape.size[0] * LABEL_SHARE[shape.type] - 2 * LABEL_PADDING)

/** The label in the middle of a shape; undefined when it has none. */
export function labelBlock(shape: Labelled, lineWidth: LineWidth): TextBlock | undefined {
  if (shape.text === '') return undefined
  const wrap = labelWrap(shape)
  const { lines, w, h } = layoutText(shape.text, shape.font, shape.fontSize, wrap, lineWidth)
  const width = Math.max(w, wrap)
  return {
    lines,
    font: shape.font,
    fontSize: shape.fontSize,
    align: 'center',
    colour: shape.stroke,
    box: { x: (shape.size[0] - width) / 2, y: (shape.size[1] - h) / 2, w: width, h },
  }
}

/** A text of its own; undefined when it is empty. */
export function textBlock(shape: TextShape, lineWidth: LineWidth): TextBlock | undefined {
  if (shape.text === '') return undefined
  const { lines, w, h } = textLayout(shape, lineWidth)
  return {
    lines,
    font: shape.font,
    fontSize: shape.fontSize,
    align: shape.align,
    colour: shape.stroke,
    box: { x: 0, y: 0, w: shape.wrap > 0 ? shape.wrap : w, h },
  }
}

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
