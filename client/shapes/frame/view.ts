import { FRAME_LINE, type Frame } from '../../../shared/shapes/frame.ts'
import { roundedContour, strokeContour } from '../../render/contour.ts'
import { ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

const COLOUR = '#868e96'

/** The line around it alone: the title is drawn in screen space, see `FrameTitles`. */
export const frameView: ShapeView<Frame> = {
  areas(shape, { tolerance, leastWidth }) {
    const outline = roundedContour(ownBox(shape), 0, tolerance)
    const width = Math.max(FRAME_LINE, leastWidth)
    return [{ contour: strokeContour(outline, width, true, tolerance), colour: COLOUR }]
  },
}
