import type { Ellipse } from '../../../shared/shapes/ellipse.ts'
import { ellipseContour } from '../../render/contour.ts'
import { boxedAreas } from '../../render/figure-areas.ts'
import { ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const ellipseView: ShapeView<Ellipse> = {
  areas: (shape, drawing) =>
    boxedAreas(shape, tolerance => ellipseContour(ownBox(shape), tolerance), drawing),
}
