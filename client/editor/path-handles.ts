import { type Box, centreOf } from '../../shared/geometry/box.ts'
import { middleSpan } from '../../shared/geometry/elbow-bend.ts'
import { STEPS_PER_SPAN } from '../../shared/geometry/polyline.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { distance, lerp, rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { type Path, pathPoints, pathPolyline } from '../../shared/shapes/path.ts'
import type { SelectionFrame } from './types.ts'

/** Lines with at most this many points are shaped by their points, longer ones by a box. */
const MAX_POINT_HANDLES = 12
/** Screen pixels. A shorter span has no handle in its middle. */
const ROOM_FOR_MIDDLE = 48
/** Screen pixels. As short a span of an elbow has a handle, as there is nothing else to take hold of. */
const ROOM_FOR_ELBOW = 16

type Handles = SelectionFrame['handles']

/** A handle on each point of a short line, and one on the middle of each span; undefined for every other shape. */
export function pathHandles(shape: KnownShape, box: Box, zoom: number): Handles | undefined {
  if (!('points' in shape) || shape.points.length > 2 * MAX_POINT_HANDLES) return undefined
  const centre = centreOf(box)
  const turned = (p: Vec): Vec => rotateAbout(p, centre, shape.rot)
  const all = pathPoints(shape)
  const points = all.map((p, i) => ({ name: `p${i}` as const, at: turned(p) }))
  const [first, last] = [points[0], points[points.length - 1]]
  // The corners of an elbow follow from its ends.
  if (isElbow(shape)) return first && last ? [first, last, ...elbowMiddle(shape, zoom, turned)] : []
  const middles = spanMiddles(shape)
    .map((p, i) => ({ name: `m${i}` as const, at: turned(p) }))
    .filter((_, i) => distance(all[i] as Vec, all[i + 1] as Vec) * zoom >= ROOM_FOR_MIDDLE)
  return [...points, ...middles]
}

/** A handle on the span in the middle of an elbow, where it has one that is long enough. */
function elbowMiddle(shape: Path, zoom: number, turned: (p: Vec) => Vec): Handles {
  const line = pathPolyline(shape)
  const i = middleSpan(line)
  const [from, to] = i === undefined ? [] : [line[i], line[i + 1]]
  if (!from || !to || distance(from, to) * zoom < ROOM_FOR_ELBOW) return []
  return [{ name: 'm0', at: turned(lerp(from, to, 0.5)) }]
}

/** The points of a line as they are seen: world space, rotation applied. */
export function pointsAsSeen(shape: KnownShape & Path, lineWidth: LineWidth): readonly Vec[] {
  const centre = centreOf(shapeBox(shape, lineWidth))
  return pathPoints(shape).map(p => rotateAbout(p, centre, shape.rot))
}

/** The index of the point within `reach` of `p`; world units. Undefined for none. */
export function pointAt(
  shape: KnownShape & Path,
  p: Vec,
  reach: number,
  lineWidth: LineWidth,
): number | undefined {
  const index = pointsAsSeen(shape, lineWidth).findIndex(point => distance(point, p) <= reach)
  return index < 0 ? undefined : index
}

/** The points without one that lies between two others; undefined for any other. The corners of an elbow follow from its ends. */
export function withoutPoint(
  shape: KnownShape & Path,
  index: number,
  lineWidth: LineWidth,
): readonly Vec[] | undefined {
  const points = pointsAsSeen(shape, lineWidth)
  const isBetween = index > 0 && index < points.length - 1
  if (!isBetween || isElbow(shape) || points.length > MAX_POINT_HANDLES) return undefined
  return points.toSpliced(index, 1)
}

const isElbow = (shape: KnownShape & Path): boolean => shape.type === 'arrow' && shape.elbow

/** The middle of each span as it is seen; world space. */
export function middlesOf(shape: KnownShape & Path, lineWidth: LineWidth): readonly Vec[] {
  const centre = centreOf(shapeBox(shape, lineWidth))
  return spanMiddles(shape).map(p => rotateAbout(p, centre, shape.rot))
}

function spanMiddles(shape: Path): readonly Vec[] {
  const points = pathPoints(shape)
  const line = shape.curved && points.length > 2 ? pathPolyline(shape) : undefined
  return points
    .slice(1)
    .map((p, i) => line?.[i * STEPS_PER_SPAN + STEPS_PER_SPAN / 2] ?? lerp(points[i] as Vec, p, 0.5))
}
