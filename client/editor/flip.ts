import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Binding } from '../../shared/schema/prop.ts'
import { type KnownShape, type ShapeId, type ShapePatch, shapeResized } from '../../shared/shapes/index.ts'
import type { Edit } from '../board/board.ts'
import type { Axis } from './arrangement.ts'
import { outermost } from './frames.ts'
import { boundsOf } from './preview.ts'
import { tidied } from './tidy.ts'

/**
 * The edits that mirror `shapes` within the box around them, which what is cut off by a frame has no part in: `x` swaps left and right.
 * Letters stay readable.
 */
export function flipped(
  shapes: readonly KnownShape[],
  axis: Axis,
  lineWidth: LineWidth,
  zoom: number,
): readonly Edit[] {
  const box = boundsOf(outermost(shapes), lineWidth)
  if (!box) return []
  const ids = new Set(shapes.map(shape => shape.id))
  const resize = { from: box, to: box, flipX: axis === 'x', flipY: axis === 'y' }
  return shapes.map(shape => {
    const patch: ShapePatch = {
      ...tidied(shapeResized(shape, resize, lineWidth), zoom),
      ...(shape.rot !== 0 && { rot: -shape.rot }),
      ...(shape.type === 'arrow' && {
        start: mirrored(shape.start, axis, ids),
        end: mirrored(shape.end, axis, ids),
      }),
    }
    return { op: 'patch', id: shape.id, patch }
  })
}

/** Where an arrow is held by a shape that is mirrored with it. */
function mirrored(binding: Binding | null, axis: Axis, ids: ReadonlySet<ShapeId>): Binding | null {
  if (!binding || !ids.has(binding[0])) return binding
  const [id, u, v] = binding
  return axis === 'x' ? [id, 1 - u, v] : [id, u, 1 - v]
}
