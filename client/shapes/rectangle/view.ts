import type { Rectangle } from '../../../shared/shapes/rectangle.ts'
import { roundedContour } from '../../render/contour.ts'
import { boxedAreas, ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const rectangleView: ShapeView<Rectangle> = {
  areas: (shape, drawing) =>
    boxedAreas(shape, roundedContour(ownBox(shape), shape.corner, drawing.tolerance), drawing),
}
