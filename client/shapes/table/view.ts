import type { Vec } from '../../../shared/geometry/vec.ts'
import { type Table, tableLayout } from '../../../shared/shapes/table.ts'
import { roundedContour, strokeContour } from '../../render/contour.ts'
import { boxedAreas } from '../../render/figure-areas.ts'
import { drawnWidth, linesAreas } from '../../render/paint-areas.ts'
import type { Area, Drawing, ShapeView } from '../../render/shape-view.ts'
import { strokeLines } from '../../render/stroke-lines.ts'
import { partBlocks } from '../../render/text-block.ts'

/** A part of the colour of the lines shades the first row, as two hex digits. */
const SHADE = '24'

/** The ground, the edge and the lines between the cells; each cell that says something is a block of words. */
export const tableView: ShapeView<Table> = {
  areas(table, drawing, lineWidth) {
    const { xs, ys } = tableLayout(table, lineWidth)
    const [w = 0, h = 0] = [xs.at(-1), ys.at(-1)]
    const whole = { ...table, size: [w, h] as Vec }
    const outline = outlineOf([w, h])
    const ground = boxedAreas({ ...whole, stroke: 'transparent' }, outline, drawing)
    const edge = boxedAreas({ ...whole, fill: 'transparent' }, outline, drawing)
    const inner = [
      ...ys.slice(1, -1).map((y): readonly Vec[] => [
        [0, y],
        [w, y],
      ]),
      ...xs.slice(1, -1).map((x): readonly Vec[] => [
        [x, 0],
        [x, h],
      ]),
    ]
    const lines = inner.flatMap((line, i) => linesOf(whole, line, drawing, i + 1))
    return [...ground, ...shade(table, [w, ys[1] ?? h]), ...linesAreas(lines, table.stroke), ...edge].map(
      (area): Area => ({ ...area, overlaps: true }),
    )
  },
  words: (table, lineWidth) => partBlocks(table, lineWidth).map(({ block }) => block),
}

const outlineOf =
  ([w, h]: Vec) =>
  (tolerance: number) =>
    roundedContour({ x: 0, y: 0, w, h }, 0, tolerance)

const linesOf = (table: Table, line: readonly Vec[], drawing: Drawing, part: number) =>
  strokeLines(table, line, false, drawing, part).map(run =>
    strokeContour(run, drawnWidth(table.width, drawing), false, drawing.tolerance),
  )

function shade({ header, stroke }: Table, size: Vec): readonly Area[] {
  if (!header || stroke === 'transparent') return []
  return [{ contour: outlineOf(size)(1), colour: `${stroke.slice(0, 7)}${SHADE}` }]
}
