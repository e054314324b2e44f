import { add, distance, sub, type Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { Binding } from '../../../shared/schema/prop.ts'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { isClosedPath, type Path, pathThrough } from '../../../shared/shapes/path.ts'
import { middlesOf, pointsAsSeen, withoutPoint } from '../path-handles.ts'
import { knownShape } from '../preview.ts'
import { type SnappedPoint, snapPoint, unsnapped } from '../snap/field.ts'
import { tidied } from '../tidy.ts'
import type { Effect, HandleName, Modifiers, Preview, Scene } from '../types.ts'
import { asSeen, boundTo, holderAt, pointedOut } from './arrow-ends.ts'
import { bentElbow } from './elbow-middle.ts'
import { hitTolerance, snapDirection } from './pointer.ts'

/** A point of a line is dragged, or with `adds` the middle of the span behind it, which becomes a point. */
export interface Reshape {
  readonly as: 'reshape'
  readonly id: ShapeId
  /** The same, as what snaps. */
  readonly ids: readonly ShapeId[]
  readonly point: number
  readonly adds: boolean
}

export type Reshaped = Extract<Preview, { readonly kind: 'reshape' }>

export const reshapeBy = (handle: HandleName, id: ShapeId): Reshape => ({
  as: 'reshape',
  id,
  ids: [id],
  point: Number(handle.slice(1)),
  adds: handle.startsWith('m'),
})

/** Where the pointer would have to be for the dragged point to lie where it snaps. */
export function snapReshape(
  drag: Reshape,
  from: Vec,
  to: Vec,
  modifiers: Modifiers,
  scene: Scene,
): SnappedPoint {
  const grip = gripOf(drag, scene)
  if (!grip || modifiers.shift) return unsnapped(to)
  const moved = add(grip.points[grip.index] as Vec, sub(to, from))
  if (isEndOfArrow(grip) && holderAt(moved, modifiers, scene)) return unsnapped(to)
  const { at, guides } = snapPoint(moved, modifiers, scene, drag.ids)
  return { at: add(to, sub(at, moved)), guides }
}

/** The line with the point moved as the pointer was, the others kept where they are seen; null when the line is gone. */
export function reshaped(
  drag: Reshape,
  from: Vec,
  to: Vec,
  modifiers: Modifiers,
  scene: Scene,
): Reshaped | null {
  const elbow = drag.adds ? knownShape(scene.board, drag.id) : undefined
  if (elbow?.type === 'arrow' && elbow.elbow) return bentElbow(elbow, from, to, modifiers, scene)
  const grip = gripOf(drag, scene)
  if (!grip) return null
  const { shape, index } = grip
  const before = grip.points[index] as Vec
  const neighbour = grip.points[index === 0 ? 1 : index - 1]
  const moved = add(before, sub(to, from))
  const placed = modifiers.shift && neighbour ? snapDirection(neighbour, moved) : moved
  const reach = hitTolerance('mouse') / scene.camera.zoom
  const points = placedPoints(grip, placed, drag.adds ? 0 : reach)
  if (shape.type !== 'arrow') return { kind: 'reshape', id: shape.id, ...pathThrough(points) }
  const held = heldEnds(shape, grip, placed, modifiers, scene)
  const seen = asSeen({ ...shape, ...held, ...pathThrough(points), rot: 0 }, scene)
  return { kind: 'reshape', id: shape.id, pos: seen.pos, points: seen.points, ...held }
}

/** Outlines what would hold the arrow that is being reshaped. */
export const reshapePointsOut = (preview: Preview | null): readonly Effect[] =>
  preview?.kind === 'reshape' && preview.start !== undefined
    ? [pointedOut({ start: preview.start, end: preview.end ?? null })]
    : []

/** The removal of the point under `handle`, when that lies between two others: what a double click there does. */
export function pointRemoval(
  handle: HandleName,
  shapes: readonly KnownShape[],
  scene: Scene,
): readonly Effect[] {
  const [shape] = shapes
  if (!shape || !('points' in shape) || !handle.startsWith('p')) return []
  const left = withoutPoint(shape, Number(handle.slice(1)), scene.lineWidth)
  if (!left) return []
  const patch = tidied({ ...pathThrough(left), rot: 0 }, scene.camera.zoom)
  return [{ do: 'commit', edits: [{ op: 'patch', id: shape.id, patch }] }]
}

/** What is dragged: a point of `points`, which are as they are seen. */
interface Grip {
  readonly shape: KnownShape & Path
  readonly points: readonly Vec[]
  readonly index: number
}

function gripOf({ id, point, adds }: Reshape, scene: Scene): Grip | undefined {
  const shape = knownShape(scene.board, id)
  if (!shape || !('points' in shape)) return undefined
  const all = pointsAsSeen(shape, scene.lineWidth)
  // Nothing snaps to what lies beside the middle of an elbow.
  if (adds && isElbow(shape)) return undefined
  if (adds) {
    const middle = middlesOf(shape, scene.lineWidth)[point]
    if (!middle || all.length >= LIMITS.linePoints) return undefined
    return { shape, points: all.toSpliced(point + 1, 0, middle), index: point + 1 }
  }
  // The corners of an elbow follow from its ends.
  if (isElbow(shape)) {
    const ends = [all[0] as Vec, all[all.length - 1] as Vec]
    return { shape, points: ends, index: point === 0 ? 0 : 1 }
  }
  return point < all.length ? { shape, points: all, index: point } : undefined
}

const isElbow = (shape: KnownShape & Path): boolean => shape.type === 'arrow' && shape.elbow

const isEndOfArrow = ({ shape, points, index }: Grip): boolean =>
  shape.type === 'arrow' && (index === 0 || index === points.length - 1)

/**
 * The points with the dragged one at `placed`. Within `reach` of its neighbour it falls together with that; an end within reach of the
 * other end closes the line.
 */
function placedPoints({ points, index }: Grip, placed: Vec, reach: number): readonly Vec[] {
  const last = points.length - 1
  const isEnd = index === 0 || index === last
  const near = (i: number) => distance(points[i] as Vec, placed) <= reach
  if (!isEnd) {
    if (near(index - 1) || near(index + 1)) return points.toSpliced(index, 1)
    return points.toSpliced(index, 1, placed)
  }
  if (isClosedPath(points)) return points.map((p, i) => (i === 0 || i === last ? placed : p))
  const closes = points.length >= 4 && near(last - index)
  return points.toSpliced(index, 1, closes ? (points[last - index] as Vec) : placed)
}

/** What holds the arrow when the dragged point is let go at `placed`; its other end stays held as it is. */
function heldEnds(
  arrow: Arrow,
  grip: Grip,
  placed: Vec,
  modifiers: Modifiers,
  scene: Scene,
): Pick<Arrow, 'start' | 'end'> {
  const { start, end } = arrow
  if (!isEndOfArrow(grip)) return { start, end }
  const isFirst = grip.index === 0
  const other = grip.points[isFirst ? grip.points.length - 1 : 0] as Vec
  const holder = holderAt(placed, modifiers, scene)
  const held: Binding | null = holder ? boundTo(holder, placed, other, scene) : null
  return isFirst ? { start: held, end } : { start, end: held }
}
