import type { LineWidth } from '../../shared/geometry/text.ts'
import { heldAfter, resolveArrow } from '../../shared/shapes/arrow-binding.ts'
import type { Shape, ShapeId } from '../../shared/shapes/index.ts'
import type { BoardView } from '../board/board.ts'
import type { Preview } from './types.ts'

/**
 * Adds the arrows of what a preview changes to `shown`, led to where it shows their shapes. An arrow that is moved itself lets go of
 * what is not moved along, as it will when the preview becomes real.
 */
export function showArrows(
  shown: Map<ShapeId, Shape | null>,
  kind: Preview['kind'],
  board: BoardView,
  lineWidth: LineWidth,
): void {
  const find = (id: ShapeId): Shape | undefined => shown.get(id) ?? board.shapes.get(id)
  const isMoved = (id: ShapeId): boolean => Boolean(shown.get(id))
  for (const [id, shape] of [...shown]) {
    if (!shape) continue
    for (const arrow of board.arrowsOn(id)) {
      if (!shown.has(arrow.id)) shown.set(arrow.id, resolveArrow(arrow, find, lineWidth))
    }
    const before = board.shapes.get(id)
    // Where a point of it is dragged, it says itself what holds it.
    if (kind === 'reshape' || shape.type !== 'arrow' || before?.type !== 'arrow') continue
    shown.set(id, resolveArrow({ ...shape, ...heldAfter(before, shape, isMoved) }, find, lineWidth))
  }
}
