import { type Box, boxContainsPoint, grow } from '../geometry/box.ts'
import { LINE_HEIGHT, type LineWidth, layoutText, type TextLayout } from '../geometry/text.ts'
import { prop } from '../schema/prop.ts'
import {
  type Common,
  commonProps,
  type Lettered,
  letteredProps,
  mapBox,
  type ShapeSpec,
  strokedProps,
  type TextAlign,
} from './common.ts'

/** A text of its own. Its size is not stored: it follows from its characters. */
export interface TextShape extends Common, Lettered {
  readonly type: 'text'
  /** The colour of the letters. */
  readonly stroke: string
  readonly align: TextAlign
  /** World units at which lines wrap; 0 for as wide as the text. */
  readonly wrap: number
}

/** World units. */
export const MOST_WRAP = 100_000

/** An empty text still shows a caret, so it keeps some width; in font sizes. */
const LEAST_WIDTH = 0.5

const textLayout = (shape: TextShape, lineWidth: LineWidth): TextLayout =>
  layoutText(shape.text, shape.font, shape.fontSize, shape.wrap, lineWidth, shape.marks)

function textBox(shape: TextShape, lineWidth: LineWidth): Box {
  const layout = textLayout(shape, lineWidth)
  return {
    x: shape.pos[0],
    y: shape.pos[1],
    w: shape.wrap > 0 ? shape.wrap : Math.max(layout.w, shape.fontSize * LEAST_WIDTH),
    h: Math.max(layout.h, shape.fontSize * LINE_HEIGHT),
  }
}

export const text: ShapeSpec<TextShape> = {
  type: 'text',
  props: {
    type: prop.type('text'),
    ...commonProps,
    ...letteredProps,
    stroke: strokedProps.stroke,
    align: prop.oneOf<TextAlign>(['left', 'center', 'right'], 'left'),
    wrap: prop.number(0, MOST_WRAP, 0),
  },
  box: textBox,
  touches: (shape, p, tolerance, lineWidth) =>
    boxContainsPoint(grow(textBox(shape, lineWidth), tolerance), p),
  textPlace: shape => ({
    box: { x: 0, y: 0, w: shape.wrap, h: 0 },
    wrap: shape.wrap,
    align: shape.align,
    valign: 'top',
    colour: shape.stroke,
  }),
  resized(shape, resize, lineWidth) {
    const before = textBox(shape, lineWidth)
    const { pos, size } = mapBox(before, resize)
    const { from, to } = resize
    // A side pulled by itself leaves the letters as they are, and sets where their lines break.
    const isWidthOnly = from.h === to.h && from.w !== to.w
    const k = isWidthOnly || before.h === 0 ? 1 : size[1] / before.h
    const fontSize = Math.max(1, Math.min(2000, shape.fontSize * k))
    if (shape.wrap === 0 && !isWidthOnly) return { pos, fontSize }
    return { pos, fontSize, wrap: Math.min(MOST_WRAP, Math.max(fontSize, size[0])) }
  },
}
