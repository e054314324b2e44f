import { centreOf } from '../../../shared/geometry/box.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import { holdsArrows, resolveArrow } from '../../../shared/shapes/arrow-binding.ts'
import { type KnownShape, shapeBox } from '../../../shared/shapes/index.ts'
import { isClosedPath, type Path, pathThrough } from '../../../shared/shapes/path.ts'
import type { CommandTarget } from '../actions.ts'
import { topKeys } from '../order-keys.ts'
import { pointAt, pointsAsSeen, withoutPoint } from '../path-handles.ts'
import { knownShape } from '../preview.ts'
import { styleEdits, styleOf } from '../style.ts'
import { tidied } from '../tidy.ts'
import type { Edit, Style } from '../types.ts'
import { type Command, canChange } from './command.ts'

type Line = KnownShape & Path

const linesOf = (editor: CommandTarget): readonly Line[] =>
  editor.selected.filter((shape): shape is Line => 'points' in shape)

const run = (id: string, title: string, style: Partial<Style>): Command => ({
  id,
  title,
  section: 'Edit',
  keys: [],
  enabled: editor => canChange(editor) && styleEdits(linesOf(editor), style).length > 0,
  run: editor => editor.commit(styleEdits(linesOf(editor), style)),
})

/** The one selected line, when it has enough points to go around something, and nothing holds its ends. */
function ringOf(editor: CommandTarget): Line | undefined {
  const [only, ...others] = editor.selected
  if (!only || others.length > 0 || !('points' in only) || only.points.length < 6) return undefined
  return only.type === 'arrow' && (only.start || only.end || only.elbow) ? undefined : only
}

/** Leads a line back to its first point, or takes that last span away again. */
function closedOrOpen(shape: Line, editor: CommandTarget): readonly Edit[] {
  const points = pointsAsSeen(shape, editor.lineWidth)
  const first = points[0]
  if (!first || points.length >= LIMITS.linePoints) return []
  const next = isClosedPath(points) ? points.slice(0, -1) : [...points, first]
  const patch = tidied({ ...pathThrough(next), rot: 0 }, editor.state.camera.zoom)
  return [{ op: 'patch', id: shape.id, patch }]
}

export const LINE_COMMANDS: readonly Command[] = [
  run('line-straight', 'Straight line', { curved: false, elbow: false }),
  run('line-curved', 'Curved line', { curved: true, elbow: false }),
  run('line-elbow', 'Arrow in right angles', { elbow: true }),
  {
    id: 'line-close',
    title: 'Close the line, or open it',
    section: 'Edit',
    keys: [],
    enabled: editor => canChange(editor) && ringOf(editor) !== undefined,
    run(editor) {
      const ring = ringOf(editor)
      if (ring) editor.commit(closedOrOpen(ring, editor))
    },
  },
  {
    id: 'arrow-join',
    title: 'Connect with arrows',
    section: 'Edit',
    keys: [],
    enabled: editor => canChange(editor) && joinedBy(editor).length > 1,
    run: join,
  },
  {
    id: 'arrow-turn',
    title: 'Swap the ends of the arrow',
    section: 'Edit',
    keys: [],
    enabled: editor =>
      canChange(editor) && editor.selected.some(shape => shape.type === 'arrow' && shape.head !== shape.tail),
    run: editor =>
      editor.commit(
        editor.selected.flatMap((shape): readonly Edit[] =>
          shape.type === 'arrow'
            ? [{ op: 'patch', id: shape.id, patch: { head: shape.tail, tail: shape.head } }]
            : [],
        ),
      ),
  },
]

/** The selected shapes that arrows can lead to, in the order in which they were selected. */
const joinedBy = (editor: CommandTarget): readonly KnownShape[] =>
  [...editor.state.selection].flatMap(id => {
    const shape = knownShape(editor.board, id)
    return holdsArrows(shape) ? [shape] : []
  })

/** An arrow from each of `shapes` to the next, in the style of the next arrow. */
function arrowsThrough(shapes: readonly KnownShape[], editor: CommandTarget): readonly KnownShape[] {
  const { board, lineWidth } = editor
  const keys = topKeys(board, shapes.length - 1)
  const middle = (shape: KnownShape): Vec => centreOf(shapeBox(shape, lineWidth))
  return keys.map((z, i): KnownShape => {
    const [from, to] = [shapes[i], shapes[i + 1]] as [KnownShape, KnownShape]
    const made = makeShape('arrow', {
      ...{ id: editor.newId(), z, ...pathThrough([middle(from), middle(to)]) },
      ...{ start: [from.id, 0.5, 0.5], end: [to.id, 0.5, 0.5] },
    })
    const styled = { ...made, ...styleOf('arrow', editor.state.style) } as Arrow
    return tidied(
      resolveArrow(styled, id => board.shapes.get(id), lineWidth),
      editor.state.camera.zoom,
    )
  })
}

function join(editor: CommandTarget): void {
  const arrows = arrowsThrough(joinedBy(editor), editor)
  editor.commit(arrows.map(shape => ({ op: 'create', shape })))
  editor.select(arrows.map(shape => shape.id))
}

/** Screen pixels from a point within which the pointer is on it. */
const ON_POINT = 8

/** Removes the point of the selected line that the pointer is on; false when it is on none that lies between others. */
export function removePoint(editor: CommandTarget): boolean {
  const [only, ...others] = editor.selected
  if (!only || others.length > 0 || !editor.pointer || !('points' in only)) return false
  const { zoom } = editor.state.camera
  const index = pointAt(only, editor.pointer, ON_POINT / zoom, editor.lineWidth)
  const left = index === undefined ? undefined : withoutPoint(only, index, editor.lineWidth)
  if (!left) return false
  editor.commit([{ op: 'patch', id: only.id, patch: tidied({ ...pathThrough(left), rot: 0 }, zoom) }])
  return true
}
