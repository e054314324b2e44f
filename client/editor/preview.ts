import type { Box } from '../../shared/geometry/box.ts'
import { centreOf, unionOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import {
  type KnownShape,
  type Shape,
  type ShapeId,
  type ShapePatch,
  shapeBounds,
  shapeBox,
  shapeMoved,
  shapeResized,
} from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { BoardView, Edit } from '../board/board.ts'
import { tidied } from './tidy.ts'
import type { Preview } from './types.ts'

/** The shape of that id, when there is one that this client can read. */
export function knownShape(board: BoardView, id: ShapeId): KnownShape | undefined {
  const shape = board.shapes.get(id)
  return shape?.type === 'unreadable' ? undefined : shape
}

/** Those of `ids` that are on the board and can be read, in the order of `ids`. */
export const knownShapes = (board: BoardView, ids: Iterable<ShapeId>): readonly KnownShape[] =>
  Array.from(ids, id => knownShape(board, id)).filter(shape => shape !== undefined)

/** The box around all of the shapes; world space. */
export const boundsOf = (shapes: Iterable<Shape>, lineWidth: LineWidth): Box | undefined =>
  unionOf(Array.from(shapes, shape => shapeBounds(shape, lineWidth)))

/** The shape with other values for some of its keys. */
const patched = (shape: KnownShape, patch: ShapePatch): KnownShape => ({ ...shape, ...patch }) as KnownShape

/** Radians, brought into the half-open turn from -pi to pi. */
function normalAngle(angle: number): number {
  const turn = 2 * Math.PI
  const rest = angle % turn
  if (rest > Math.PI) return rest - turn
  return rest <= -Math.PI ? rest + turn : rest
}

/** What `preview` would change in a shape that it names; undefined for a kind that changes no existing shape. */
function previewPatch(preview: Preview, shape: KnownShape, lineWidth: LineWidth): ShapePatch | undefined {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
      return shapeMoved(shape, preview.offset)
    case 'resize': {
      const { ids, resize } = preview
      const patch = shapeResized(shape, resize, lineWidth)
      // A single shape is resized in its own axes. In a group, mirroring one axis also mirrors each rotation.
      return ids.length > 1 && shape.rot !== 0 && resize.flipX !== resize.flipY
        ? { ...patch, rot: normalAngle(-shape.rot) }
        : patch
    }
    case 'rotate': {
      const centre = centreOf(shapeBox(shape, lineWidth))
      const turned = rotateAbout(centre, preview.centre, preview.angle)
      const offset: Vec = [turned[0] - centre[0], turned[1] - centre[1]]
      return { ...shapeMoved(shape, offset), rot: normalAngle(shape.rot + preview.angle) }
    }
    case 'reshape':
      return 'points' in shape ? { pos: preview.pos, points: preview.points, rot: 0 } : undefined
    case 'create':
    case 'ink':
    case 'erase':
    case 'marquee':
      return undefined
    default:
      return unreachable(preview)
  }
}

/** The ids of existing shapes that `preview` is about. */
export function previewIds(preview: Preview): readonly ShapeId[] {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
    case 'resize':
    case 'rotate':
    case 'erase':
      return preview.ids
    case 'reshape':
      return [preview.id]
    case 'create':
    case 'ink':
    case 'marquee':
      return []
    default:
      return unreachable(preview)
  }
}

/** The id under which a copy that is being dragged is shown; no shape on a board can have it. */
const copyId = (id: ShapeId): ShapeId => `${id} copy`

/**
 * The shapes as they look while `preview` lasts: a changed or new shape by its id, null for one that the eraser
 * has touched. Shapes that are not in the map look as they do on the board. A stroke in progress is not in it.
 */
export function previewShapes(
  preview: Preview | null,
  board: BoardView,
  lineWidth: LineWidth,
): ReadonlyMap<ShapeId, Shape | null> {
  const shown = new Map<ShapeId, Shape | null>()
  if (!preview) return shown
  if (preview.kind === 'create') return shown.set(preview.shape.id, preview.shape)
  for (const shape of knownShapes(board, previewIds(preview))) {
    if (preview.kind === 'erase') {
      shown.set(shape.id, null)
      continue
    }
    const patch = previewPatch(preview, shape, lineWidth)
    if (!patch) continue
    const id = preview.kind === 'duplicate' ? copyId(shape.id) : shape.id
    shown.set(id, { ...patched(shape, patch), id })
  }
  return shown
}

/**
 * The edits that make a preview real, rounded for `zoom`. Copies and strokes are made by their own tools; a marquee
 * changes nothing.
 */
export function editsOf(
  preview: Exclude<Preview, { readonly kind: 'duplicate' | 'ink' }>,
  board: BoardView,
  lineWidth: LineWidth,
  zoom: number,
): readonly Edit[] {
  if (preview.kind === 'create') return [{ op: 'create', shape: tidied(preview.shape, zoom) }]
  if (changesNothing(preview)) return []
  const edits: Edit[] = []
  for (const shape of knownShapes(board, previewIds(preview))) {
    const { id } = shape
    if (preview.kind === 'erase') {
      edits.push({ op: 'remove', id })
      continue
    }
    const patch = previewPatch(preview, shape, lineWidth)
    if (patch) edits.push({ op: 'patch', id, patch: tidied(patch, zoom) })
  }
  return edits
}

/** Whether the gesture ended where it began: then nothing is written, and there is nothing to undo. */
function changesNothing(preview: Preview): boolean {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
      return preview.offset[0] === 0 && preview.offset[1] === 0
    case 'rotate':
      return preview.angle === 0
    case 'resize': {
      const { from, to, flipX, flipY } = preview.resize
      return !flipX && !flipY && from.x === to.x && from.y === to.y && from.w === to.w && from.h === to.h
    }
    default:
      return false
  }
}

/** The preview without the shapes that `isGone` names; null when nothing of it is left. */
export function previewWithout(preview: Preview, isGone: (id: ShapeId) => boolean): Preview | null {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
    case 'resize':
    case 'rotate':
    case 'erase': {
      if (!preview.ids.some(isGone)) return preview
      const ids = preview.ids.filter(id => !isGone(id))
      return ids.length === 0 ? null : { ...preview, ids }
    }
    case 'reshape':
      return isGone(preview.id) ? null : preview
    case 'create':
    case 'ink':
    case 'marquee':
      return preview
    default:
      return unreachable(preview)
  }
}
