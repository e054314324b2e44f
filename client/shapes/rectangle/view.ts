import type { Rectangle } from '../../../shared/shapes/rectangle.ts'
import { roundedContour } from '../../render/contour.ts'
import { boxedAreas } from '../../render/figure-areas.ts'
import { ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const rectangleView: ShapeView<Rectangle> = {
  areas: (shape, drawing) =>
    boxedAreas(shape, tolerance => roundedContour(ownBox(shape), shape.corner, tolerance), drawing),
}
