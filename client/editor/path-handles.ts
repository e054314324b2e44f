import { type Box, boxContainsPoint, centreOf, grow } from '../../shared/geometry/box.ts'
import { middleSpan } from '../../shared/geometry/elbow-bend.ts'
import { STEPS_PER_SPAN } from '../../shared/geometry/polyline.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { distance, lerp, rotateAbout, sub, type Vec } from '../../shared/geometry/vec.ts'
import { arrowLabelBox } from '../../shared/shapes/arrow.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { type Path, pathPoints, pathPolyline } from '../../shared/shapes/path.ts'
import type { HandleName, SelectionFrame } from './types.ts'

/** Lines with at most this many points are shaped by their points, longer ones by a box. */
const MAX_POINT_HANDLES = 12
/** Screen pixels. A shorter span has no handle in its middle. */
const ROOM_FOR_MIDDLE = 48
/** Screen pixels. As short a span of an elbow has a handle, as there is nothing else to take hold of. */
const ROOM_FOR_ELBOW = 16

/** Screen pixels between a label and a handle beside it: a press on the label is none on the handle. */
const OFF_LABEL = 12

type Handles = SelectionFrame['handles']

/**
 * A handle on each point of a short line, and one on the middle of each span, or beside the label that is there; undefined for every
 * other shape.
 */
export function pathHandles(
  shape: KnownShape,
  box: Box,
  zoom: number,
  lineWidth: LineWidth,
): Handles | undefined {
  if (!('points' in shape) || shape.points.length > 2 * MAX_POINT_HANDLES) return undefined
  const label = shape.type === 'arrow' ? arrowLabelBox(shape, lineWidth) : undefined
  const taken =
    label && grow({ ...label, x: label.x + shape.pos[0], y: label.y + shape.pos[1] }, OFF_LABEL / zoom)
  const centre = centreOf(box)
  return plainHandles(shape, zoom).map(({ name, at, way }) => {
    const free = taken && way ? besideBox(at, way, taken) : at
    return { name, at: rotateAbout(free, centre, shape.rot) }
  })
}

interface PlainHandle {
  readonly name: HandleName
  readonly at: Vec
  /** Where the line leads there; undefined at its ends. */
  readonly way?: Vec | undefined
}

/** The handles of a line as if it were not turned and had no label. */
function plainHandles(shape: KnownShape & Path, zoom: number): readonly PlainHandle[] {
  const all = pathPoints(shape)
  const points = all.map((at, i): PlainHandle => {
    const [before, after] = [all[i - 1], all[i + 1]]
    return { name: `p${i}`, at, way: before && after && sub(after, before) }
  })
  const [first, last] = [points[0], points[points.length - 1]]
  // The corners of an elbow follow from its ends.
  if (isElbow(shape)) return first && last ? [first, last, ...elbowMiddle(shape, zoom)] : []
  const middles = spanMiddles(shape).flatMap((at, i): readonly PlainHandle[] => {
    const [from, to] = [all[i] as Vec, all[i + 1] as Vec]
    return distance(from, to) * zoom < ROOM_FOR_MIDDLE ? [] : [{ name: `m${i}`, at, way: sub(to, from) }]
  })
  return [...points, ...middles]
}

/** A handle on the span in the middle of an elbow, where it has one that is long enough. */
function elbowMiddle(shape: Path, zoom: number): readonly PlainHandle[] {
  const line = pathPolyline(shape)
  const i = middleSpan(line)
  const [from, to] = i === undefined ? [] : [line[i], line[i + 1]]
  if (!from || !to || distance(from, to) * zoom < ROOM_FOR_ELBOW) return []
  return [{ name: 'm0', at: lerp(from, to, 0.5), way: sub(to, from) }]
}

/** `at`, or where it lies in `box`, below that, or to the right where the line leads up or down. */
function besideBox(at: Vec, [dx, dy]: Vec, box: Box): Vec {
  if (!boxContainsPoint(box, at)) return at
  return Math.abs(dx) >= Math.abs(dy) ? [at[0], box.y + box.h] : [box.x + box.w, at[1]]
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
