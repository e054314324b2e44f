import { type Box, boxAround } from '../geometry/box.ts'
import { elbowThrough } from '../geometry/elbow.ts'
import { distanceToPolyline, polygonContains, smoothThrough } from '../geometry/polyline.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import {
  type Common,
  commonProps,
  type Filled,
  filledProps,
  mapPoint,
  type Outlined,
  outlinedProps,
  type Resize,
} from './common.ts'

/** A run of straight or smooth spans through points: a line or an arrow. */
export interface Path extends Common, Outlined, Filled {
  /** x, y pairs relative to `pos`. */
  readonly points: readonly number[]
  /** Smooth through its points rather than straight between them. */
  readonly curved: boolean
}

export const pathProps = {
  ...commonProps,
  ...outlinedProps,
  ...filledProps,
  points: prop.points,
  curved: prop.flag(false),
}

/** Points closer than this, in world units, close a path so that it can be filled. */
const CLOSED_WITHIN = 0.5

/** The points of a path in world space, rotation left out. */
export function pathPoints(shape: Path): readonly Vec[] {
  const points: Vec[] = []
  for (let i = 0; i + 1 < shape.points.length; i += 2) {
    points.push([shape.pos[0] + (shape.points[i] as number), shape.pos[1] + (shape.points[i + 1] as number)])
  }
  return points
}

/** The polyline that is drawn: the points, or the curve or the right angles through them. World space, rotation left out. */
export function pathPolyline(
  shape: Path & { readonly elbow?: boolean; readonly bend?: Vec },
): readonly Vec[] {
  const points = pathPoints(shape)
  if (shape.elbow) return elbowThrough(points, shape.bend)
  return shape.curved ? smoothThrough(points) : points
}

export const pathBox = (shape: Path): Box => boxAround(pathPolyline(shape))

/** Whether the path ends where it began, and so has an inside. */
export function isClosedPath(points: readonly Vec[]): boolean {
  const first = points[0]
  const last = points[points.length - 1]
  if (!first || !last || points.length < 4) return false
  return Math.hypot(first[0] - last[0], first[1] - last[1]) <= CLOSED_WITHIN
}

/** Whether the path paints its inside. */
export const isFilledPath = (shape: Path, line: readonly Vec[]): boolean =>
  shape.fill !== 'transparent' && isClosedPath(line)

export function touchesPath(shape: Path, p: Vec, tolerance: number): boolean {
  const line = pathPolyline(shape)
  if (isFilledPath(shape, line) && polygonContains(line, p)) return true
  return distanceToPolyline(p, line) <= tolerance + shape.width / 2
}

/** The keys that place a path through `points` (world space): `pos` is the first of them. */
export function pathThrough(points: readonly Vec[]): {
  readonly pos: Vec
  readonly points: readonly number[]
} {
  const [x, y] = points[0] ?? [0, 0]
  return { pos: [x, y], points: points.flatMap(p => [p[0] - x, p[1] - y]) }
}

export const resizedPath = (shape: Path, resize: Resize) =>
  pathThrough(pathPoints(shape).map(p => mapPoint(p, resize)))
