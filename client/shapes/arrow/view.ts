import type { Vec } from '../../../shared/geometry/vec.ts'
import { type Arrow, type ArrowHead, type HeadFigure, headFigure } from '../../../shared/shapes/arrow.ts'
import { approach, localPolyline, pathAreas } from '../../render/path-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const arrowView: ShapeView<Arrow> = {
  areas(shape, drawing) {
    const line = localPolyline(shape)
    const heads = [
      headAt(shape.head, line, shape.width),
      headAt(shape.tail, [...line].reverse(), shape.width),
    ].filter(head => head !== undefined)
    return pathAreas(shape, line, heads, drawing)
  },
}

/** World units of line that a head wants behind its tip; more than the largest head takes. */
const headReach = (width: number): number => 10 + width * 3

function headAt(head: ArrowHead, line: readonly Vec[], width: number): HeadFigure | undefined {
  return headFigure(head, approach(line, headReach(width)), line[line.length - 1] as Vec, width)
}
