import type { CommandTarget } from '../actions.ts'
import {
  type Alignment,
  type Axis,
  aligned,
  countUnits,
  distributed,
  type Move,
  movesToEdits,
  packed,
  stacked,
  type Unit,
  unitsOf,
} from '../arrangement.ts'
import { flipped } from '../flip.ts'
import { withContents } from '../frames.ts'
import { type Sides, sameSize } from '../same-size.ts'
import { type Command, canChange } from './command.ts'

const units = (editor: CommandTarget): readonly Unit[] =>
  unitsOf(editor.selected, editor.board, editor.members, editor.lineWidth)

/** A command that moves units of the selection, of which there must be `least`. */
const layout = (
  id: string,
  title: string,
  keys: readonly string[],
  least: number,
  moves: (units: readonly Unit[]) => readonly Move[],
): Command => ({
  id,
  title,
  section: 'Arrange',
  keys,
  enabled: editor => canChange(editor) && countUnits(editor.selected, editor.members) >= least,
  run: editor => editor.commit(movesToEdits(moves(units(editor)), editor.state.camera.zoom)),
})

const align = (how: Alignment, title: string, ...keys: string[]): Command =>
  layout(`align-${how}`, title, keys, 2, all => aligned(all, how))

const flip = (axis: Axis, id: string, title: string, key: string): Command => ({
  id,
  title,
  section: 'Arrange',
  keys: [key],
  enabled: canChange,
  run(editor) {
    const shapes = withContents(editor.selected, editor.board)
    editor.commit(flipped(shapes, axis, editor.lineWidth, editor.state.camera.zoom))
  },
})

const size = (id: string, title: string, sides: Sides): Command => ({
  id: `same-${id}`,
  title,
  section: 'Arrange',
  keys: [],
  enabled: editor => canChange(editor) && countUnits(editor.selected, editor.members) >= 2,
  run(editor) {
    const { board, lineWidth, state } = editor
    editor.commit(sameSize(units(editor), sides, board, lineWidth, state.camera.zoom))
  },
})

export const LAYOUT_COMMANDS: readonly Command[] = [
  align('left', 'Align left', 'mod+shift+arrowleft'),
  align('centre', 'Align centres'),
  align('right', 'Align right', 'mod+shift+arrowright'),
  align('top', 'Align top', 'mod+shift+arrowup'),
  align('middle', 'Align middles'),
  align('bottom', 'Align bottom', 'mod+shift+arrowdown'),
  layout('distribute-h', 'Distribute horizontally', ['alt+h'], 3, all => distributed(all, 'x')),
  layout('distribute-v', 'Distribute vertically', ['alt+v'], 3, all => distributed(all, 'y')),
  layout('stack-h', 'Stack horizontally', [], 2, all => stacked(all, 'x')),
  layout('stack-v', 'Stack vertically', [], 2, all => stacked(all, 'y')),
  layout('tidy', 'Tidy up', [], 2, packed),
  size('width', 'Same width', { w: true, h: false }),
  size('height', 'Same height', { w: false, h: true }),
  size('size', 'Same size', { w: true, h: true }),
  flip('x', 'flip-h', 'Flip horizontally', 'shift+h'),
  flip('y', 'flip-v', 'Flip vertically', 'shift+v'),
]
