import { type Box, boxBetween, centreOf } from '../../../shared/geometry/box.ts'
import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import type { Resize } from '../../../shared/shapes/common.ts'
import type { KnownShape, ShapeId } from '../../../shared/shapes/index.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { resizeBy } from '../resize.ts'
import { isResizeHandle, type ResizeHandle } from '../selection-frame.ts'
import { tidy } from '../tidy.ts'
import type { HandleName, Modifiers, Preview, Scene, SelectionFrame } from '../types.ts'
import { type Adjust, adjusted } from './adjust.ts'
import { snapAngle } from './pointer.ts'
import { type Reshape, reshapeBy, reshaped } from './reshape.ts'

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
  | Reshape
  | Adjust

/** What dragging `handle` of the selection's frame does. */
export function handleDrag(handle: HandleName, frame: SelectionFrame, shapes: readonly KnownShape[]): Drag {
  const ids = shapes.map(shape => shape.id)
  const { box, rot } = frame
  if (handle === 'rotate') return { as: 'rotate', ids, centre: centreOf(box), rot }
  if (handle === 'tip') return { as: 'tip', id: ids[0] as ShapeId }
  if (!isResizeHandle(handle)) return reshapeBy(handle, ids[0] as ShapeId)
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
      const keepsAspect = drag.mustKeepAspect || drag.prefersAspect !== modifiers.shift
      const resize = resizeBy(drag, drag.handle, from, to, {
        keepsAspect,
        fromCentre: modifiers.alt,
        least: 1 / scene.camera.zoom,
      })
      return { kind: 'resize', ids: drag.ids, resize: keepsAspect ? resize : wideAsKept(resize, scene) }
    }
    case 'rotate': {
      const { ids, centre, rot } = drag
      const turned = rot + direction(centre, to) - direction(centre, from)
      const settled = modifiers.shift ? snapAngle(turned) : upright(turned, modifiers.ctrl)
      return { kind: 'rotate', ids, centre, angle: settled - rot }
    }
    case 'reshape':
      return reshaped(drag, from, to, modifiers, scene)
    case 'tip':
    case 'border':
      return adjusted(drag, from, to, scene)
    default:
      return unreachable(drag)
  }
}

/** The width as it will be kept: rounded only at the end, it could break the lines of a text elsewhere than was shown. */
function wideAsKept(resize: Resize, { camera }: Scene): Resize {
  const { from, to } = resize
  return from.w === to.w ? resize : { ...resize, to: { ...to, w: tidy(to.w, camera.zoom) } }
}

/** Radians from upright, or from lying on a side, within which a shape comes to rest there. */
const UPRIGHT_WITHIN = (2 * Math.PI) / 180

/** `angle`, brought upright where it is nearly so, unless the person `isFree` of that. */
function upright(angle: number, isFree: boolean): number {
  const nearest = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)
  return !isFree && Math.abs(angle - nearest) < UPRIGHT_WITHIN ? nearest : angle
}

const direction = (centre: Vec, p: Vec): number => Math.atan2(p[1] - centre[1], p[0] - centre[0])

const alongOneAxis = ([x, y]: Vec): Vec => (Math.abs(x) >= Math.abs(y) ? [x, 0] : [0, y])
