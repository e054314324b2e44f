import { cornersOf } from '../../shared/geometry/box.ts'
import { distance, sub, type Vec } from '../../shared/geometry/vec.ts'
import { type Boxed, boxOf } from '../../shared/shapes/boxed.ts'
import type { ShapeSpec } from '../../shared/shapes/common.ts'
import { type Contour, offsetRing, strokeContour } from './contour.ts'
import { patternAreas } from './fill-areas.ts'
import { drawnWidth, linesAreas } from './paint-areas.ts'
import type { Area, Drawing, ShapeView } from './shape-view.ts'
import { isPlain, isSketched, strokeLines } from './stroke-lines.ts'

/** The view of a figure that is drawn along the outline of its type. */
export const figureView = <S extends Boxed & { readonly type: string }>(
  spec: ShapeSpec<S>,
): ShapeView<S> => ({
  areas(shape, drawing) {
    const outline = spec.outline?.(shape) ?? cornersOf(boxOf(shape))
    return boxedAreas(shape, () => outline.map(p => sub(p, shape.pos)), drawing)
  },
})

/** By how much the outline that a hand follows may miss the true one, and at most that share of the shape's size. */
const SKETCH_TOLERANCE = 0.5
const SKETCH_SHARE = 0.005

/**
 * The fill and the stroke of a closed figure; its outline runs clockwise. Seen through, the fill ends where the stroke
 * begins, so that no band shows both; where that cannot be, the areas say that they overlap.
 */
export function boxedAreas(
  shape: Boxed,
  outlineWithin: (tolerance: number) => Contour,
  drawing: Drawing,
): readonly Area[] {
  const outline = outlineWithin(drawing.tolerance)
  const fill = fillAreas(shape, outline, drawing)
  if (shape.stroke === 'transparent') return fill
  const width = drawnWidth(shape.width, drawing)
  const { tolerance } = drawing
  if (isPlain(shape, drawing)) {
    return [...fill, { contour: strokeContour(outline, width, true, tolerance), colour: shape.stroke }]
  }
  const lined = isSketched(shape, drawing)
    ? outlineWithin(Math.min(SKETCH_TOLERANCE, Math.min(...shape.size) * SKETCH_SHARE) || tolerance)
    : outline
  const lines = strokeLines(shape, lined, true, drawing)
  return [
    ...fill,
    ...linesAreas(
      lines.map(line => strokeContour(line, width, false, tolerance)),
      shape.stroke,
    ),
  ]
}

function fillAreas(shape: Boxed, outline: Contour, drawing: Drawing): readonly Area[] {
  const { fill, fillStyle, stroke } = shape
  if (fill === 'transparent') return []
  if (fillStyle !== 'solid') return patternAreas(shape, outline, drawing)
  if (!drawing.translucent || stroke === 'transparent') return [{ contour: outline, colour: fill }]
  const inset = drawnWidth(shape.width, drawing) / 2
  // A stroke that is thicker than the shape leaves no inside.
  if (isPlain(shape, drawing) && Math.min(...shape.size) <= 2 * inset) return []
  if (!isPlain(shape, drawing) || !hasRoomFor(outline, inset)) {
    return [{ contour: outline, colour: fill, overlaps: true }]
  }
  return [{ contour: offsetRing(outline, -inset, drawing.tolerance), colour: fill }]
}

/** Whether every side of the outline is long enough to be moved inwards by `inset`. */
function hasRoomFor(outline: Contour, inset: number): boolean {
  const count = outline.length
  const at = (i: number): Vec => outline[(i + count) % count] as Vec
  const taken = outline.map((p, i) => {
    const [a, b] = [at(i - 1), at(i + 1)]
    const [ux, uy, vx, vy] = [p[0] - a[0], p[1] - a[1], b[0] - p[0], b[1] - p[1]]
    const turn = Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)
    return turn > 0 ? inset * Math.tan(turn / 2) : 0
  })
  return outline.every((p, i) => {
    const length = distance(p, at(i + 1))
    return (taken[i] as number) + (taken[(i + 1) % count] as number) <= length + 1e-9
  })
}
