import type { Line } from '../../../shared/shapes/line.ts'
import { localPolyline, pathAreas } from '../../render/path-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const lineView: ShapeView<Line> = {
  areas: (shape, drawing) => pathAreas(shape, localPolyline(shape), [], drawing),
}
