import type { Vec } from '../../../shared/geometry/vec.ts'
import { nudge } from '../actions.ts'
import { canGroup, grouped, type Reorder, reordered, ungrouped } from '../arrange.ts'
import { type Command, canChange, canWrite } from './command.ts'

const order = (how: Reorder, title: string, ...keys: string[]): Command => ({
  id: `order-${how}`,
  title,
  section: 'Arrange',
  keys,
  enabled: canChange,
  run: editor => editor.commit(reordered(editor.board, editor.state.selection, how, editor.lineWidth)),
})

/** World units that an arrow key moves the selection by. */
const NUDGE = 1
/** And with shift. */
const BIG_NUDGE = 10

const nudges = (direction: string, [x, y]: Vec): readonly Command[] =>
  ([NUDGE, BIG_NUDGE] as const).map(step => ({
    id: `nudge-${direction}${step === NUDGE ? '' : '-far'}`,
    title: step === NUDGE ? `Move ${direction}` : `Move ${direction} by ${BIG_NUDGE}`,
    section: 'Arrange',
    keys: [step === NUDGE ? `arrow${direction}` : `shift+arrow${direction}`],
    enabled: canChange,
    run: editor => nudge(editor, [x * step, y * step]),
  }))

export const ARRANGE_COMMANDS: readonly Command[] = [
  {
    id: 'group',
    title: 'Group',
    section: 'Arrange',
    keys: ['mod+g'],
    enabled: editor => canWrite(editor) && canGroup(editor.selected, editor.members),
    run: editor => editor.commit(grouped(editor.selected, editor.members, editor.newId())),
  },
  {
    id: 'ungroup',
    title: 'Ungroup',
    section: 'Arrange',
    keys: ['mod+shift+g'],
    enabled: editor => canWrite(editor) && ungrouped(editor.selected, editor.members).length > 0,
    run: editor => editor.commit(ungrouped(editor.selected, editor.members)),
  },
  order('forward', 'Bring forward', 'mod+]'),
  order('to-front', 'Bring to front', ']', 'mod+shift+]'),
  order('backward', 'Send backward', 'mod+['),
  order('to-back', 'Send to back', '[', 'mod+shift+['),
  ...nudges('up', [0, -1]),
  ...nudges('down', [0, 1]),
  ...nudges('left', [-1, 0]),
  ...nudges('right', [1, 0]),
]
