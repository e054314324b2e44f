import { add, sub, type Vec } from '../../../shared/geometry/vec.ts'
import type { ShapeId } from '../../../shared/shapes/index.ts'
import { sidesOf } from '../selection-frame.ts'
import type { Drag } from '../tools/drag.ts'
import { snapReshape } from '../tools/reshape.ts'
import type { Modifiers, Scene } from '../types.ts'
import { type SnappedPoint, snapRules, unsnapped } from './field.ts'
import { type Moving, movingBox, snap } from './snap.ts'

type Resizing = Extract<Drag, { readonly as: 'resize' }>

/** Where the pointer would have to be for what `drag` moves to lie where it snaps. World space. */
export function snapDrag(drag: Drag, from: Vec, to: Vec, modifiers: Modifiers, scene: Scene): SnappedPoint {
  switch (drag.as) {
    case 'move':
      return snapMove(drag.ids, from, to, modifiers, scene)
    case 'resize':
      return snapResize(drag, from, to, modifiers, scene)
    case 'reshape':
      return snapReshape(drag, from, to, modifiers, scene)
    default:
      return unsnapped(to)
  }
}

function snapMove(
  ids: readonly ShapeId[],
  from: Vec,
  to: Vec,
  modifiers: Modifiers,
  scene: Scene,
): SnappedPoint {
  const rules = snapRules(scene, ids, modifiers)
  const { box } = rules ? scene.snapField(ids) : { box: null }
  if (!rules || !box) return unsnapped(to)
  const [dx, dy] = sub(to, from)
  const isLevel = modifiers.shift && Math.abs(dx) >= Math.abs(dy)
  const isUpright = modifiers.shift && !isLevel
  const moved = movingBox({ ...box, x: box.x + (isUpright ? 0 : dx), y: box.y + (isLevel ? 0 : dy) })
  const { by, guides } = snap({ ...moved, x: isUpright ? [] : moved.x, y: isLevel ? [] : moved.y }, rules)
  return { at: add(to, by), guides }
}

/** The sides that the handle moves. A frame that is turned, or bound to keep both axes in step, snaps by one alone, or not at all. */
function snapResize(drag: Resizing, from: Vec, to: Vec, modifiers: Modifiers, scene: Scene): SnappedPoint {
  const rules = snapRules(scene, drag.ids, modifiers)
  if (!rules || drag.rot !== 0) return unsnapped(to)
  const { box } = drag
  const [sx, sy] = sidesOf(drag.handle)
  const [dx, dy] = sub(to, from)
  const x = box.x + (sx > 0 ? box.w : 0) + dx
  const y = box.y + (sy > 0 ? box.h : 0) + dy
  const keepsAspect = drag.mustKeepAspect || drag.prefersAspect !== modifiers.shift
  const leads = keepsAspect ? leadingAxis(drag, [dx, dy]) : 'both'
  const moving: Moving = {
    box: spanned(drag, [dx, dy]),
    x: sx === 0 || leads === 'y' ? [] : [x],
    y: sy === 0 || leads === 'x' ? [] : [y],
    isWhole: false,
  }
  const { by, guides } = snap(moving, rules)
  return { at: add(to, by), guides: keepsAspect ? [] : guides }
}

/** The axis that decides the size where both keep in step, as `resizeBy` has it. */
function leadingAxis({ box, handle }: Resizing, [dx, dy]: Vec): 'x' | 'y' {
  const [sx, sy] = sidesOf(handle)
  const scale = (side: number, length: number, by: number) =>
    side === 0 || length === 0 ? -1 : Math.abs((length + by * side) / length)
  return scale(sx, box.w, dx) >= scale(sy, box.h, dy) ? 'x' : 'y'
}

/** The box between the side that stays and the one that is pulled. */
function spanned({ box, handle }: Resizing, [dx, dy]: Vec): Moving['box'] {
  const [sx, sy] = sidesOf(handle)
  const left = box.x + (sx < 0 ? dx : 0)
  const top = box.y + (sy < 0 ? dy : 0)
  const right = box.x + box.w + (sx > 0 ? dx : 0)
  const bottom = box.y + box.h + (sy > 0 ? dy : 0)
  return {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    w: Math.abs(right - left),
    h: Math.abs(bottom - top),
  }
}
