import { distance, lerp, sub, type Vec } from '../../shared/geometry/vec.ts'
import type { HeadFigure } from '../../shared/shapes/arrow-heads.ts'
import { isClosedPath, isFilledPath, type Path, pathPolyline } from '../../shared/shapes/path.ts'
import { type Contour, clockwise, offsetRing, strokeContour } from './contour.ts'
import { patternAreas } from './fill-areas.ts'
import { drawnWidth, linesAreas, pieceAreas, strokesArea } from './paint-areas.ts'
import type { Area, Drawing } from './shape-view.ts'
import { isPlain, strokeLines } from './stroke-lines.ts'

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

/**
 * The fill and the stroke of a line or arrow. The heads are one area with the line, so none shows through. `parts` are what of the
 * line is stroked: a label leaves a gap, a hollow head as well.
 */
export function pathAreas(
  shape: Path,
  line: readonly Vec[],
  heads: readonly HeadFigure[],
  drawing: Drawing,
  parts: readonly (readonly Vec[])[] = [line],
): readonly Area[] {
  const width = drawnWidth(shape.width, drawing)
  const { tolerance } = drawing
  const isClosed = parts[0] === line && isClosedPath(line)
  const plain = isPlain(shape, drawing)
  const pieces = plain
    ? parts.flatMap(lineInPieces)
    : parts.flatMap((part, i) => strokeLines(shape, part, false, drawing, i))
  const lines = pieces.map(piece => strokeContour(piece, width, piece === line && isClosed, tolerance))
  const paintAs = !plain ? linesAreas : pieces.length === parts.length ? strokesArea : pieceAreas
  const ends = heads.flatMap(({ points, closed, filled }) => {
    const edge = strokeContour(points, width, closed, tolerance)
    return filled ? [clockwise(points), edge] : [edge]
  })
  const strokes = paintAs([...lines, ...ends], shape.stroke)
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
  if (shape.fillStyle !== 'solid') return patternAreas(shape, line, drawing)
  if (!isPlain(shape, drawing)) return [{ contour: line, colour: shape.fill, overlaps: true }]
  const isSeenThrough = drawing.translucent && shape.stroke !== 'transparent'
  const contour: Contour = isSeenThrough
    ? offsetRing(clockwise(line).slice(1), -width / 2, drawing.tolerance)
    : line
  return [{ contour, colour: shape.fill }]
}
