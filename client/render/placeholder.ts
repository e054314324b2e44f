import { type LineWidth, layoutText } from '../../shared/geometry/text.ts'
import type { Unreadable } from '../../shared/shapes/unreadable.ts'
import { dashes, roundedContour, strokeContour } from './contour.ts'
import { ownBox, strokesArea } from './paint-areas.ts'
import type { ShapeView } from './shape-view.ts'

const COLOUR = '#6b727a'
const FILL = '#868e961a'
const FONT_SIZE = 14
const PADDING = 10

/** A locked, dashed box that says why this client cannot show the shape. */
export const placeholderView: ShapeView<Unreadable> = {
  areas(shape, { tolerance, leastWidth }) {
    const outline = roundedContour(ownBox(shape), 8, tolerance)
    const first = outline[0]
    const line = first ? [...outline, first] : outline
    const pieces = dashes(line, 8, 6).map(piece =>
      strokeContour(piece, Math.max(1.5, leastWidth), false, tolerance),
    )
    return [{ contour: outline, colour: FILL }, ...strokesArea(pieces, COLOUR)]
  },
  text(shape, lineWidth) {
    const [w, h] = shape.size
    const wrap = Math.max(FONT_SIZE, w - 2 * PADDING)
    const layout = layoutText(fitting(shape, wrap, lineWidth), 'sans', FONT_SIZE, wrap, lineWidth)
    const box = { x: (w - wrap) / 2, y: (h - layout.h) / 2, w: wrap, h: layout.h }
    return { lines: layout.lines, font: 'sans', fontSize: FONT_SIZE, align: 'center', colour: COLOUR, box }
  },
}

const SHORT = 'Cannot be shown'

/** The reason, or a shorter text when the box has no room for it. */
function fitting({ reason, size }: Unreadable, wrap: number, lineWidth: LineWidth): string {
  return layoutText(reason, 'sans', FONT_SIZE, wrap, lineWidth).h <= size[1] - PADDING ? reason : SHORT
}
