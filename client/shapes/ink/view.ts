import { sub } from '../../../shared/geometry/vec.ts'
import { type InkShape, inkInWorld, isSteady } from '../../../shared/shapes/ink.ts'
import { inkContour, inkWidth } from '../../render/contour.ts'
import { pieceAreas, strokesArea } from '../../render/paint-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'
import { piecesOf } from '../../render/stroke-pieces.ts'

export const inkView: ShapeView<InkShape> = {
  areas(shape, drawing) {
    const { points, pressures } = inkInWorld(shape)
    const own = points.map(p => sub(p, shape.pos))
    const width = inkWidth(shape.width, drawing.leastWidth)
    const contours = piecesOf({ points: own, pressures }, width).map(piece =>
      inkContour(piece, width, drawing.tolerance, isSteady(shape)),
    )
    return contours.length === 1 ? strokesArea(contours, shape.stroke) : pieceAreas(contours, shape.stroke)
  },
}
