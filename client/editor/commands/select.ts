import { type ShapeId, shapeBounds } from '../../../shared/shapes/index.ts'
import type { CommandTarget } from '../actions.ts'
import { bringIntoView } from '../find.ts'
import { isFree } from '../free.ts'
import { inReadingOrder } from '../reading-order.ts'
import type { Command } from './command.ts'

/** The free shapes in reading order. */
function walked(editor: CommandTarget): readonly ShapeId[] {
  const shapes = editor.board.ordered.filter(shape => shape.type !== 'unreadable').filter(isFree)
  return inReadingOrder(shapes, shape => shapeBounds(shape, editor.lineWidth)).map(shape => shape.id)
}

/** Selects the shape that comes `step` places after the selection, and shows it. */
function walk(editor: CommandTarget, step: 1 | -1): void {
  const ids = walked(editor)
  const { selection } = editor.state
  const at = step === 1 ? ids.findLastIndex(id => selection.has(id)) : ids.findIndex(id => selection.has(id))
  // With nothing selected, the first shape comes next, and the last one before.
  const from = at === -1 && step === -1 ? 0 : at
  const next = ids[(from + step + ids.length) % ids.length]
  if (next === undefined) return
  if (editor.state.tool !== 'select') editor.use('select')
  editor.select([next])
  bringIntoView(editor, [next])
}

/** With nothing selected and the pointer elsewhere, the key belongs to the browser: it leads to the buttons. */
const canWalk = (editor: CommandTarget): boolean =>
  (editor.state.selection.size > 0 || editor.pointer !== null) &&
  editor.board.ordered.some(shape => shape.type !== 'unreadable' && isFree(shape))

export const SELECT_COMMANDS: readonly Command[] = [
  {
    id: 'select-next',
    title: 'Select the next shape',
    section: 'Edit',
    keys: ['tab'],
    enabled: canWalk,
    run: editor => walk(editor, 1),
  },
  {
    id: 'select-previous',
    title: 'Select the shape before',
    section: 'Edit',
    keys: ['shift+tab'],
    enabled: canWalk,
    run: editor => walk(editor, -1),
  },
]
