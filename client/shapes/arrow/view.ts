import { outsideBox, withoutEnd } from '../../../shared/geometry/line-parts.ts'
import { polylineLength } from '../../../shared/geometry/polyline.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { type Arrow, arrowLabelBox } from '../../../shared/shapes/arrow.ts'
import { type ArrowHead, type Head, headOf, headReach } from '../../../shared/shapes/arrow-heads.ts'
import { approach, localPolyline, pathAreas } from '../../render/path-areas.ts'
import type { ShapeView } from '../../render/shape-view.ts'

export const arrowView: ShapeView<Arrow> = {
  areas(shape, drawing, lineWidth) {
    const line = localPolyline(shape)
    const back = [...line].reverse()
    const length = polylineLength(line)
    const head = headAt(shape.head, line, shape.width, length)
    const tail = headAt(shape.tail, back, shape.width, length)
    const parts = partsOf(shape, line, head, tail, lineWidth)
    return pathAreas(shape, line, [...head.figures, ...tail.figures], drawing, parts)
  },
}

function headAt(head: ArrowHead, line: readonly Vec[], width: number, length: number): Head {
  return headOf(head, approach(line, headReach(width)), line[line.length - 1] as Vec, width, length)
}

/** What of the line is drawn: its heads and its label leave some of it free. */
function partsOf(
  shape: Arrow,
  line: readonly Vec[],
  head: Head,
  tail: Head,
  lineWidth: LineWidth,
): readonly (readonly Vec[])[] {
  const label = arrowLabelBox(shape, lineWidth)
  if (head.back === 0 && tail.back === 0 && !label) return [line]
  const withoutHead = withoutEnd(line, head.back)
  const body = withoutEnd([...withoutHead].reverse(), tail.back).reverse()
  return label ? outsideBox(body, label) : [body]
}
