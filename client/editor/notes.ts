import { boxContainsPoint, centreOf } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { rotateAbout } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { NOTE_SIDE, type Note, noteBox } from '../../shared/shapes/note.ts'
import type { CommandTarget } from './actions.ts'
import { topKeys } from './order-keys.ts'
import { styleOf } from './style.ts'
import { tidied } from './tidy.ts'
import type { Scene } from './types.ts'

/** An empty note with its top left at `pos` (world space), in the style of the next shape. */
export function newNote(pos: Vec, scene: Pick<Scene, 'newId' | 'style' | 'topKey' | 'camera'>): Note {
  const given = { id: scene.newId(), z: scene.topKey(), pos, size: [NOTE_SIDE, NOTE_SIDE] as Vec }
  const shape = { ...makeShape('note', given), ...styleOf('note', scene.style) } as Note
  return tidied(shape, scene.camera.zoom)
}

/** World units between notes in a row. */
const GAP = 20

/** The one selected note; undefined where anything else is selected. */
export function selectedNote({ selected }: CommandTarget): Note | undefined {
  const [only, ...others] = selected
  return only?.type === 'note' && others.length === 0 ? only : undefined
}

/**
 * Goes on typing in the note that lies beside the selected one, `across` and `down` times its size away; where there is
 * none, in a new one of the same look.
 */
export function continueNotes(editor: CommandTarget, across: -1 | 0 | 1, down: -1 | 0 | 1): void {
  const from = selectedNote(editor)
  if (!from) return
  const box = noteBox(from, editor.lineWidth)
  // Above, a new note of its least height ends where the gap begins.
  const drop = down < 0 ? -(from.size[1] + GAP) : down * (box.h + GAP)
  const way = rotateAbout([across * (box.w + GAP), drop], [0, 0], from.rot)
  const pos: Vec = [from.pos[0] + way[0], from.pos[1] + way[1]]
  const there = noteAround([pos[0] + from.size[0] / 2, pos[1] + from.size[1] / 2], editor)
  if (there) editor.select([there.id])
  else layDown(from, pos, editor)
  editor.finish()
}

function layDown(from: Note, pos: Vec, editor: CommandTarget): void {
  const { size, rot, fill, font, fontSize, align, valign, opacity, frame, page, groups } = from
  const look = { size, rot, fill, font, fontSize, align, valign, opacity, frame, page, groups }
  const id = editor.newId()
  const z = topKeys(editor.board, 1)[0] as string
  const note = makeShape('note', { ...look, id, z, pos })
  editor.commit([{ op: 'create', shape: tidied(note, editor.state.camera.zoom) }])
  editor.select([id])
}

/** The topmost free note around `at` (world space). */
const noteAround = (at: Vec, { board, lineWidth }: CommandTarget): Note | undefined =>
  board.ordered.findLast((shape): shape is Note => {
    if (shape.type !== 'note' || shape.locked || shape.hidden) return false
    const box = noteBox(shape, lineWidth)
    return boxContainsPoint(box, rotateAbout(at, centreOf(box), -shape.rot))
  })
