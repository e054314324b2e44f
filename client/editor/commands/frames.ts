import { grow } from '../../../shared/geometry/box.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Edit } from '../../board/board.ts'
import type { CommandTarget } from '../actions.ts'
import { canLieInFrame, keyBelow, lockedIn, withContents } from '../frames.ts'
import { boundsOf } from '../preview.ts'
import { tidied } from '../tidy.ts'
import { type Command, canChange, canWrite } from './command.ts'

/** World units between what is framed and the frame. */
const ROOM = 32

const framable = (editor: CommandTarget) => editor.selected.filter(canLieInFrame)

/** Draws a frame around the selection, which lies in it from then on. */
function frameSelection(editor: CommandTarget): void {
  const inside = framable(editor)
  const bounds = boundsOf(inside, editor.lineWidth)
  if (!bounds) return
  const { x, y, w, h } = grow(bounds, ROOM)
  const id = editor.newId()
  const z = keyBelow(inside, editor.board)
  const frame = makeShape('frame', { id, z, pos: [x, y], size: [w, h] })
  editor.commit([
    { op: 'create', shape: tidied(frame, editor.state.camera.zoom) },
    ...inside.map((shape): Edit => ({ op: 'patch', id: shape.id, patch: { frame: id } })),
  ])
  editor.select([id])
}

const frames = (editor: CommandTarget) => editor.selected.filter(({ type }) => type === 'frame')

/** Takes the selected frames away from around what lies in them, which is selected instead. */
function removeFrames(editor: CommandTarget): void {
  const gone = frames(editor)
  const kept = withContents(gone, editor.board).filter(shape => shape.type !== 'frame')
  const locked = gone.flatMap(({ id }) => lockedIn(id, editor.board))
  editor.commit([
    ...[...kept, ...locked].map((shape): Edit => ({ op: 'patch', id: shape.id, patch: { frame: '' } })),
    ...gone.map((shape): Edit => ({ op: 'remove', id: shape.id })),
  ])
  editor.select(kept.map(({ id }) => id))
}

export const FRAME_COMMANDS: readonly Command[] = [
  {
    id: 'frame-selection',
    title: 'Frame selection',
    section: 'Arrange',
    keys: [],
    enabled: editor => canChange(editor) && framable(editor).length > 0,
    run: frameSelection,
  },
  {
    id: 'frame-remove',
    title: 'Remove the frame only',
    section: 'Arrange',
    keys: [],
    enabled: editor => canWrite(editor) && frames(editor).length > 0,
    run: removeFrames,
  },
]
