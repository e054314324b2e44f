import { grow } from '../../../shared/geometry/box.ts'
import { LINE_HEIGHT, layoutText } from '../../../shared/geometry/text.ts'
import {
  AUTHOR_LINE,
  NOTE_PADDING,
  type Note,
  noteBox,
  noteInk,
  paperOf,
} from '../../../shared/shapes/note.ts'
import { roundedContour, strokeContour } from '../../render/contour.ts'
import type { ShapeView } from '../../render/shape-view.ts'

/** World units. */
const CORNER = 4
const EDGE = 1
/** Darkens the edge of any paper, and lightens it on the dark theme. */
const EDGE_COLOUR = '#00000026'
/** The author is told of in letters half as strong as those of the text, as two hex digits. */
const FAINT = 'b3'

export const noteView: ShapeView<Note> = {
  areas(note, { tolerance, translucent, leastWidth }, lineWidth) {
    const box = { ...noteBox(note, lineWidth), x: 0, y: 0 }
    const edge = Math.max(EDGE, leastWidth)
    const outline = roundedContour(box, CORNER, tolerance)
    const paper = translucent ? roundedContour(grow(box, -edge / 2), CORNER, tolerance) : outline
    return [
      { contour: paper, colour: paperOf(note) },
      { contour: strokeContour(outline, edge, true, tolerance), colour: EDGE_COLOUR },
    ]
  },
  words(note, lineWidth) {
    if (note.author === '') return []
    const { fontSize, height } = AUTHOR_LINE
    const { w, h } = noteBox(note, lineWidth)
    const wrap = Math.max(fontSize, w - 2 * NOTE_PADDING)
    const [line = ''] = layoutText(note.author, 'sans', fontSize, wrap, lineWidth).lines
    const y = h - NOTE_PADDING / 2 - height + (height - fontSize * LINE_HEIGHT) / 2
    const box = { x: (w - wrap) / 2, y, w: wrap, h: fontSize * LINE_HEIGHT }
    return [{ lines: [line], font: 'sans', fontSize, align: 'left', colour: `${noteInk(note)}${FAINT}`, box }]
  },
}
