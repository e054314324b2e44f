import { distance, lerp, sub, type Vec } from '../../shared/geometry/vec.ts'
import type { HeadFigure } from '../../shared/shapes/arrow.ts'
import { isClosedPath, isFilledPath, type Path, pathPolyline } from '../../shared/shapes/path.ts'
import { type Contour, clockwise, offsetRing, strokeContour } from './contour.ts'
import { drawnWidth, pieceAreas, strokesArea } from './paint-areas.ts'
import type { Area, Drawing } from './shape-view.ts'

/** The polyline of a path, relative to its `pos`. */
export const localPolyline = (shape: Path): readonly Vec[] => pathPolyline(shape).map(p => sub(p, shape.pos))

/**
 * Where a head at the end of `line` is to come from: the nearest point on the line that is `reach` away from its
 * end. On a curve the last piece alone is too short to carry a head.
 */
export function approach(line: readonly Vec[], reach: number): Vec {
  const tip = line[line.length - 1] as Vec
  for (let i = line.length - 2; i >= 0; i--) {
    const p = line[i] as Vec
    const away = distance(p, tip)
    if (away < reach) continue
    const nearer = line[i + 1] as Vec
    const nearerAway = distance(nearer, tip)
    return lerp(nearer, p, (reach - nearerAway) / (away - nearerAway))
  }
  return line[0] as Vec
}

/** The fill and the stroke of a line or arrow. The heads are one area with the line, so none shows through. */
export function pathAreas(
  shape: Path,
  line: readonly Vec[],
  heads: readonly HeadFigure[],
  drawing: Drawing,
): readonly Area[] {
  const width = drawnWidth(shape.width, drawing)
  const { tolerance } = drawing
  const isClosed = heads.length === 0 && isClosedPath(line)
  const pieces = lineInPieces(line)
  const lines = pieces.map(piece => strokeContour(piece, width, piece === line && isClosed, tolerance))
  const ends = [
    ...heads.flatMap(({ points, filled }) =>
      filled
        ? [clockwise(points), strokeContour(points, width, true, tolerance)]
        : [strokeContour(points, width, false, tolerance)],
    ),
  ]
  const strokes =
    lines.length === 1
      ? strokesArea([...lines, ...ends], shape.stroke)
      : pieceAreas([...lines, ...ends], shape.stroke)
  return [...fillArea(shape, line, width, drawing), ...strokes]
}

/** Points of a line that are stroked at once; a line can have thousands, and cross itself between any two. */
const PIECE = 400

/** Pieces that share their ends, where their round caps make a join. */
function lineInPieces(line: readonly Vec[]): readonly (readonly Vec[])[] {
  if (line.length <= PIECE) return [line]
  return Array.from({ length: Math.ceil((line.length - 1) / PIECE) }, (_, i) =>
    line.slice(i * PIECE, (i + 1) * PIECE + 1),
  )
}

function fillArea(shape: Path, line: readonly Vec[], width: number, drawing: Drawing): readonly Area[] {
  if (!isFilledPath(shape, line)) return []
  const isSeenThrough = drawing.translucent && shape.stroke !== 'transparent'
  const contour: Contour = isSeenThrough
    ? offsetRing(clockwise(line).slice(1), -width / 2, drawing.tolerance)
    : line
  return [{ contour, colour: shape.fill }]
}
