import { type Box, boxBetween, centreOf } from '../../../shared/geometry/box.ts'
import { add, rotateAbout, sub, type Vec } from '../../../shared/geometry/vec.ts'
import { type KnownShape, type ShapeId, shapeBox } from '../../../shared/shapes/index.ts'
import { isClosedPath, type Path, pathPoints, pathThrough } from '../../../shared/shapes/path.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { knownShape } from '../preview.ts'
import { resizeBy } from '../resize.ts'
import { isResizeHandle, type ResizeHandle } from '../selection-frame.ts'
import type { HandleName, Modifiers, Preview, Scene, SelectionFrame } from '../types.ts'
import { snapAngle, snapDirection } from './pointer.ts'

/** What dragging with the select tool does, settled when the pointer goes down. */
export type Drag =
  | { readonly as: 'move'; readonly ids: readonly ShapeId[] }
  | { readonly as: 'marquee' }
  | {
      readonly as: 'resize'
      readonly ids: readonly ShapeId[]
      readonly box: Box
      readonly rot: number
      readonly handle: ResizeHandle
      /** Shapes that cannot be stretched in one direction only. */
      readonly mustKeepAspect: boolean
      /** Shapes that look wrong when they are stretched, which shift allows all the same. */
      readonly prefersAspect: boolean
    }
  | { readonly as: 'rotate'; readonly ids: readonly ShapeId[]; readonly centre: Vec; readonly rot: number }
  | { readonly as: 'reshape'; readonly id: ShapeId; readonly point: number }

/** What dragging `handle` of the selection's frame does. */
export function handleDrag(handle: HandleName, frame: SelectionFrame, shapes: readonly KnownShape[]): Drag {
  const ids = shapes.map(shape => shape.id)
  const { box, rot } = frame
  if (handle === 'rotate') return { as: 'rotate', ids, centre: centreOf(box), rot }
  if (!isResizeHandle(handle)) return { as: 'reshape', id: ids[0] as ShapeId, point: Number(handle.slice(1)) }
  return {
    ...{ as: 'resize', ids, box, rot, handle },
    mustKeepAspect: mustKeepAspect(shapes, handle),
    prefersAspect: CORNERS.has(handle) && shapes.some(shape => shape.type === 'image'),
  }
}

const CORNERS: ReadonlySet<HandleName> = new Set(['nw', 'ne', 'se', 'sw'])

/**
 * Letters keep their proportions, and a turned shape that is stretched along with others would become a
 * parallelogram, which no shape is. The sides of a single text set where its lines break.
 */
function mustKeepAspect(shapes: readonly KnownShape[], handle: ResizeHandle): boolean {
  const [only] = shapes
  if (only && shapes.length === 1) return only.type === 'text' && handle !== 'e' && handle !== 'w'
  return shapes.some(shape => shape.type === 'text' || shape.rot !== 0)
}

/** What the drag would do if it ended at `to`; null for nothing. World space. */
export function dragPreview(
  drag: Drag,
  from: Vec,
  to: Vec,
  modifiers: Modifiers,
  scene: Scene,
): Preview | null {
  switch (drag.as) {
    case 'move': {
      const offset = modifiers.shift ? alongOneAxis(sub(to, from)) : sub(to, from)
      return { kind: modifiers.alt ? 'duplicate' : 'move', ids: drag.ids, offset }
    }
    case 'marquee':
      return { kind: 'marquee', box: boxBetween(from, to) }
    case 'resize': {
      const resize = resizeBy(drag, drag.handle, from, to, {
        keepsAspect: drag.mustKeepAspect || drag.prefersAspect !== modifiers.shift,
        fromCentre: modifiers.alt,
        least: 1 / scene.camera.zoom,
      })
      return { kind: 'resize', ids: drag.ids, resize }
    }
    case 'rotate': {
      const { ids, centre, rot } = drag
      const angle = direction(centre, to) - direction(centre, from)
      return { kind: 'rotate', ids, centre, angle: modifiers.shift ? snapAngle(rot + angle) - rot : angle }
    }
    case 'reshape':
      return reshaped(drag.id, drag.point, sub(to, from), modifiers.shift, scene)
    default:
      return unreachable(drag)
  }
}

const direction = (centre: Vec, p: Vec): number => Math.atan2(p[1] - centre[1], p[0] - centre[0])

const alongOneAxis = ([x, y]: Vec): Vec => (Math.abs(x) >= Math.abs(y) ? [x, 0] : [0, y])

/** One point of a line moved by `offset`, the others kept where they are seen; null when the line is gone. */
function reshaped(id: ShapeId, point: number, offset: Vec, snaps: boolean, scene: Scene): Preview | null {
  const shape = knownShape(scene.board, id)
  if (!shape || !('points' in shape)) return null
  const points = [...pointsAsSeen(shape, scene)]
  const before = points[point]
  if (!before) return null
  const neighbour = points[point === 0 ? 1 : point - 1]
  const moved = add(before, offset)
  const placed = snaps && neighbour ? snapDirection(neighbour, moved) : moved
  const last = points.length - 1
  const movesBothEnds = isClosedPath(points) && (point === 0 || point === last)
  if (movesBothEnds) points[0] = points[last] = placed
  else points[point] = placed
  return { kind: 'reshape', id, ...pathThrough(points) }
}

/** The points of a line in world space, its rotation applied. */
function pointsAsSeen(shape: KnownShape & Path, scene: Scene): readonly Vec[] {
  const centre = centreOf(shapeBox(shape, scene.lineWidth))
  return pathPoints(shape).map(p => rotateAbout(p, centre, shape.rot))
}
