import type { Vec } from '../../shared/geometry/vec.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import { arrowPoints, heldAfter } from '../../shared/shapes/arrow-binding.ts'
import type { ShapeId, ShapePatch } from '../../shared/shapes/index.ts'
import { pathThrough } from '../../shared/shapes/path.ts'
import type { BoardView, Edit } from './board.ts'

type Bound = Pick<BoardView, 'shapes' | 'arrowsOn'>

/** Keys that say where a shape is, and how large. */
const PLACING: readonly (keyof ShapePatch)[] = ['pos', 'size', 'rot', 'points', 'fontSize', 'wrap']

/**
 * The edits with what they mean for arrows, which `board` has as they are seen:
 * 1. An arrow that is moved away from what holds it is let go by that; a patch that names `start` or `end` decides that itself.
 * 2. A shape that is removed, or goes to another page, leaves its arrows where they are seen.
 * 3. An elbow that becomes a line again keeps its ends alone: its corners followed from them.
 */
export function withArrows(edits: readonly Edit[], board: Bound): readonly Edit[] {
  const going = new Set(edits.filter(isGoing).map(edit => edit.id))
  if (!edits.some(edit => isConcerned(edit, going, board))) return edits
  const moved = new Set(edits.flatMap(edit => (edit.op === 'patch' && isPlaced(edit.patch) ? [edit.id] : [])))
  const patched = new Map<ShapeId, Arrow>()
  const out = edits.map((edit): Edit => {
    const arrow = edit.op === 'patch' ? arrowOf(board, edit.id) : undefined
    if (edit.op !== 'patch' || !arrow) return edit
    const given = straightened(arrow, edit.patch)
    if (!isBound(arrow) || !(isPlaced(given) || going.has(arrow.id))) return { ...edit, patch: given }
    const next = { ...arrow, ...given } as Arrow
    const held = going.has(arrow.id) ? heldBy(arrow, going) : heldAfter(arrow, next, id => moved.has(id))
    const patch: ShapePatch = { ...placeOf(next), ...held, ...given }
    patched.set(arrow.id, { ...next, ...patch } as Arrow)
    return { ...edit, patch }
  })
  return [...out, ...lettingGo(going, patched, edits, board)]
}

const isConcerned = (edit: Edit, going: ReadonlySet<ShapeId>, board: Bound): boolean =>
  'id' in edit && (going.has(edit.id) || arrowOf(board, edit.id) !== undefined)

/** The patch, with the points of an elbow that stops to be one. */
function straightened(arrow: Arrow, patch: ShapePatch): ShapePatch {
  if (!arrow.elbow || patch.elbow !== false || 'points' in patch) return patch
  const points = arrowPoints(arrow)
  return { ...pathThrough([points[0] as Vec, points[points.length - 1] as Vec]), rot: 0, ...patch }
}

/** What of an arrow stays held by shapes of `ids`. */
const heldBy = ({ start, end }: Arrow, ids: ReadonlySet<ShapeId>): Pick<Arrow, 'start' | 'end'> => ({
  start: start && ids.has(start[0]) ? start : null,
  end: end && ids.has(end[0]) ? end : null,
})

function lettingGo(
  going: ReadonlySet<ShapeId>,
  patched: ReadonlyMap<ShapeId, Arrow>,
  edits: readonly Edit[],
  board: Bound,
): readonly Edit[] {
  const gone = new Set(edits.flatMap(edit => (edit.op === 'remove' ? [edit.id] : [])))
  const arrows = new Set([...going].flatMap(id => board.arrowsOn(id).map(arrow => arrow.id)))
  const out: Edit[] = []
  for (const id of arrows) {
    const arrow = patched.get(id) ?? arrowOf(board, id)
    // What goes to another page along with what holds it stays held.
    if (!arrow || gone.has(id) || going.has(id)) continue
    const start = arrow.start && going.has(arrow.start[0]) ? null : arrow.start
    const end = arrow.end && going.has(arrow.end[0]) ? null : arrow.end
    out.push({ op: 'patch', id, patch: { ...placeOf(arrow), start, end } })
  }
  return out
}

const isGoing = (edit: Edit): edit is Extract<Edit, { readonly id: ShapeId }> =>
  edit.op === 'remove' || (edit.op === 'patch' && 'page' in edit.patch)

const isPlaced = (patch: ShapePatch): boolean => PLACING.some(key => key in patch)

const isBound = (arrow: Arrow | undefined): arrow is Arrow =>
  arrow !== undefined && (arrow.start !== null || arrow.end !== null)

function arrowOf(board: Bound, id: ShapeId): Arrow | undefined {
  const shape = board.shapes.get(id)
  return shape?.type === 'arrow' ? shape : undefined
}

const placeOf = ({ pos, points, rot }: Arrow): Pick<Arrow, 'pos' | 'points' | 'rot'> => ({ pos, points, rot })
