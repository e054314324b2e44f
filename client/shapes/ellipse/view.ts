import type { Ellipse } from '../../../shared/shapes/ellipse.ts'
import { ellipseContour } from '../../render/contour.ts'
import { boxedAreas, ownBox } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const ellipseView: ShapeView<Ellipse> = {
  areas: (shape, drawing) => boxedAreas(shape, ellipseContour(ownBox(shape), drawing.tolerance), drawing),
}
