import { add, rotateAbout, sub, type Vec } from '../../../shared/geometry/vec.ts'
import { type Bubble, bubbleTip, tipAt } from '../../../shared/shapes/bubble.ts'
import type { ShapeId } from '../../../shared/shapes/index.ts'
import { keptInPlace } from '../kept-in-place.ts'
import { knownShape } from '../preview.ts'
import { handleCursor } from '../selection-frame.ts'
import { type Border, borderAt, borderDragged } from '../table-borders.ts'
import type { Preview, Scene, SelectionFrame } from '../types.ts'

/** What belongs to one type of shape is dragged: the tip of a bubble's tail, a border in a table. */
export type Adjust =
  | { readonly as: 'tip'; readonly id: ShapeId }
  | { readonly as: 'border'; readonly id: ShapeId; readonly border: Border }

/** Screen pixels from a border within which a mouse or pen takes it. */
const BORDER_REACH = 5
/** Screen pixels from a border within which a finger takes it. */
const BORDER_TOUCH_REACH = 10

/** What dragging the border of the one selected table at `at` (world space) does; undefined where none is. */
export function borderDrag(
  frame: SelectionFrame | null,
  at: Vec,
  isTouch: boolean,
  scene: Scene,
): Extract<Adjust, { readonly as: 'border' }> | undefined {
  const [id, ...others] = scene.selection
  // What cannot be changed has no handles either.
  if (id === undefined || others.length > 0 || !frame || frame.handles.length === 0) return undefined
  const shape = knownShape(scene.board, id)
  if (shape?.type !== 'table') return undefined
  const reach = (isTouch ? BORDER_TOUCH_REACH : BORDER_REACH) / scene.camera.zoom
  const border = borderAt(shape, at, reach, scene.lineWidth)
  return border && { as: 'border', id, border }
}

/** The CSS cursor over a border of a table that is turned by `rot`. */
export function borderCursor({ axis }: Border, rot: number): string {
  if (rot !== 0) return handleCursor(axis === 0 ? 'e' : 's', rot)
  return axis === 0 ? 'col-resize' : 'row-resize'
}

/** What the drag would do if it ended at `to`; null when its shape is gone. World space. */
export function adjusted(drag: Adjust, from: Vec, to: Vec, scene: Scene): Preview | null {
  const shape = knownShape(scene.board, drag.id)
  const offset = sub(to, from)
  if (drag.as === 'border' && shape?.type === 'table') {
    const keys = borderDragged(shape, drag.border, offset, scene.lineWidth)
    return { kind: 'adjust', id: drag.id, keys }
  }
  if (drag.as === 'tip' && shape?.type === 'bubble')
    return { kind: 'adjust', id: drag.id, keys: tipDragged(shape, offset, scene) }
  return null
}

function tipDragged(shape: Bubble, offset: Vec, { lineWidth }: Scene): Pick<Bubble, 'tip'> {
  const tip = tipAt(shape, add(bubbleTip(shape), rotateAbout(offset, [0, 0], -shape.rot)))
  return { tip, ...keptInPlace(shape, { ...shape, tip }, lineWidth) }
}
