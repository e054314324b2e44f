import type { KnownShape, ShapePatch } from '../../../shared/shapes/index.ts'
import type { CommandTarget } from '../actions.ts'
import { type Command, canWrite, hasSelection } from './command.ts'

const patchAll = (editor: CommandTarget, shapes: readonly KnownShape[], patch: ShapePatch): void =>
  editor.commit(shapes.map(({ id }) => ({ op: 'patch', id, patch })))

/** Unlocks, or shows, whatever on the board is not, and selects it. */
function free(editor: CommandTarget, key: 'locked' | 'hidden'): void {
  const bound = editor.board.ordered.filter(
    shape => shape.type !== 'unreadable' && shape[key],
  ) as KnownShape[]
  patchAll(editor, bound, { [key]: false })
  editor.use('select')
  editor.select(bound.map(shape => shape.id))
}

const has = (editor: CommandTarget, key: 'locked' | 'hidden'): boolean =>
  editor.board.ordered.some(shape => shape.type !== 'unreadable' && shape[key])

const isLocked = (editor: CommandTarget): boolean => editor.selected.every(shape => shape.locked)

export const LOCK_COMMANDS: readonly Command[] = [
  {
    id: 'lock',
    title: 'Lock or unlock',
    section: 'Arrange',
    keys: ['mod+shift+l', 'shift+l'],
    enabled: editor => hasSelection(editor) && canWrite(editor),
    run: editor => patchAll(editor, editor.selected, { locked: !isLocked(editor) }),
  },
  {
    id: 'unlock-all',
    title: 'Unlock all',
    section: 'Arrange',
    keys: [],
    enabled: editor => canWrite(editor) && has(editor, 'locked'),
    run: editor => free(editor, 'locked'),
  },
  {
    id: 'hide',
    title: 'Hide',
    section: 'Arrange',
    keys: ['mod+shift+h'],
    enabled: editor => hasSelection(editor) && canWrite(editor),
    run: editor => patchAll(editor, editor.selected, { hidden: true }),
  },
  {
    id: 'show-all',
    title: 'Show all that is hidden',
    section: 'Arrange',
    keys: [],
    enabled: editor => canWrite(editor) && has(editor, 'hidden'),
    run: editor => free(editor, 'hidden'),
  },
]
