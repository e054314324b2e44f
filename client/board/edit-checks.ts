import type { Shape, ShapeId, ShapeType } from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Edit } from './board.ts'
import { assertPatch, assertShape, assertSplice, assertTitle } from './shape-map.ts'
import { assertMark } from './text-marks.ts'

/** Throws a RangeError when one of `edits` may not be written to a board of `shapes`, before any of them is. */
export function assertEdits(edits: readonly Edit[], shapes: ReadonlyMap<ShapeId, Shape>): void {
  const made = new Map<ShapeId, ShapeType>()
  for (const edit of edits) {
    switch (edit.op) {
      case 'create':
        assertShape(edit.shape)
        made.set(edit.shape.id, edit.shape.type)
        break
      case 'patch': {
        const type = made.get(edit.id) ?? shapes.get(edit.id)?.type
        if (type && type !== 'unreadable') assertPatch(type, edit.patch)
        break
      }
      case 'text':
        assertSplice(edit, shapes.get(edit.id))
        break
      case 'mark':
        assertMark(edit, shapes.get(edit.id))
        break
      case 'title':
        assertTitle(edit.title)
        break
      case 'remove':
        break
      default:
        unreachable(edit)
    }
  }
}
