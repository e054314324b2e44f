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
import { isCuttable, pieceId, pieces } from './cutting.ts'
import { outOfFrame, withContents } from './frames.ts'
import { showArrows } from './preview-arrows.ts'
import { bounded, tidied } from './tidy.ts'
import type { Cut, Preview } from './types.ts'

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

const reshapePatch = ({
  pos,
  points,
  start,
  end,
  bend,
}: Extract<Preview, { kind: 'reshape' }>): ShapePatch => ({
  ...{ pos, points, rot: 0 },
  ...(start !== undefined && { start }),
  ...(end !== undefined && { end }),
  ...(bend !== undefined && { bend }),
})

/** What `preview` would change in a shape that it names; undefined for a kind that changes no existing shape. */
function previewPatch(preview: Preview, shape: KnownShape, lineWidth: LineWidth): ShapePatch | undefined {
  switch (preview.kind) {
    case 'move':
    case 'duplicate':
      return shapeMoved(shape, preview.offset)
    case 'resize': {
      const { ids, resize } = preview
      const patch = bounded(shapeResized(shape, resize, lineWidth))
      // A single shape is resized in its own axes. In a group, mirroring one axis also mirrors each rotation.
      return ids.length > 1 && shape.rot !== 0 && resize.flipX !== resize.flipY
        ? { ...patch, rot: normalAngle(-shape.rot) }
        : patch
    }
    case 'rotate': {
      // A frame stands upright.
      if (shape.type === 'frame') return undefined
      const centre = centreOf(shapeBox(shape, lineWidth))
      const turned = rotateAbout(centre, preview.centre, preview.angle)
      const offset: Vec = [turned[0] - centre[0], turned[1] - centre[1]]
      return { ...shapeMoved(shape, offset), rot: normalAngle(shape.rot + preview.angle) }
    }
    case 'reshape':
      return 'points' in shape ? reshapePatch(preview) : undefined
    case 'crop':
      return shape.type === 'image' ? { pos: preview.pos, size: preview.size, crop: preview.crop } : undefined
    case 'adjust':
      return Object.fromEntries(Object.entries(preview.keys).filter(([key]) => Object.hasOwn(shape, key)))
    case 'create':
    case 'ink':
    case 'erase':
    case 'cut':
    case 'marquee':
    case 'lasso':
    case 'laser':
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
    case 'adjust':
    case 'crop':
      return [preview.id]
    case 'cut':
      return preview.cuts.map(cut => cut.id)
    case 'create':
    case 'ink':
    case 'marquee':
    case 'lasso':
    case 'laser':
      return []
    default:
      return unreachable(preview)
  }
}

/** The shapes that `preview` changes: with a frame goes what lies in it, but for a resize or a turn. */
function subjectsOf(preview: Preview, board: BoardView): readonly KnownShape[] {
  const shapes = knownShapes(board, previewIds(preview))
  return CARRYING.has(preview.kind) ? withContents(shapes, board) : shapes
}

const CARRYING: ReadonlySet<Preview['kind']> = new Set(['move', 'duplicate', 'erase'])

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
  if (preview.kind === 'cut') {
    for (const cut of preview.cuts) showCut(shown, cut, board, lineWidth)
    return shown
  }
  const shapes = subjectsOf(preview, board)
  const ids = new Set(shapes.map(shape => shape.id))
  for (const shape of shapes) {
    if (preview.kind === 'erase') {
      shown.set(shape.id, null)
      continue
    }
    const patch = previewPatch(preview, shape, lineWidth)
    if (!patch) continue
    const next = patched(shape, patch)
    if (preview.kind !== 'duplicate')
      shown.set(shape.id, ids.has(shape.frame) ? next : outOfFrame(next, board, lineWidth))
    else {
      const [id, frame] = [copyId(shape.id), ids.has(shape.frame) ? copyId(shape.frame) : '']
      shown.set(id, { ...next, id, frame })
    }
  }
  showArrows(shown, preview.kind, board, lineWidth)
  return shown
}

function showCut(
  shown: Map<ShapeId, Shape | null>,
  { id, keep }: Cut,
  board: BoardView,
  lineWidth: LineWidth,
) {
  const shape = knownShape(board, id)
  if (!shape || !isCuttable(shape)) return
  const left = pieces(shape, keep, lineWidth, PREVIEW_ZOOM)
  if (left.length === 0) shown.set(id, null)
  for (const [i, patch] of left.entries())
    shown.set(pieceId(id, i), { ...patched(shape, patch), id: pieceId(id, i) })
}

/** Pieces of a cut stroke are shown unrounded, so for any zoom. */
const PREVIEW_ZOOM = 16

/**
 * The edits that make a preview real, rounded for `zoom`. Copies, strokes and cuts are made by their own tools; a marquee
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
  const shapes =
    preview.kind === 'erase' ? subjectsOf(preview, board) : knownShapes(board, previewIds(preview))
  for (const shape of shapes) {
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
    case 'adjust':
    case 'crop':
      return isGone(preview.id) ? null : preview
    case 'cut': {
      const cuts = preview.cuts.filter(cut => !isGone(cut.id))
      return cuts.length === 0 ? null : { ...preview, cuts }
    }
    case 'create':
    case 'ink':
    case 'marquee':
    case 'lasso':
    case 'laser':
      return preview
    default:
      return unreachable(preview)
  }
}
