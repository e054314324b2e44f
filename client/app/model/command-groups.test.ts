import { expect, test } from 'vitest'
import { commandsFor } from '../../editor/commands/index.ts'
import { TOOLS } from '../../shapes/index.ts'
import { ACTIONS, CANVAS_MENU, commandsIn, MAIN_MENU, SELECTION_MENU, shownGroups } from './command-groups.ts'

const COMMANDS = commandsFor(TOOLS)

const ids = COMMANDS.map(({ id }) => id)

test.each([...commandsIn([...MAIN_MENU, ...SELECTION_MENU, ...CANVAS_MENU]), ...ACTIONS])(
  'the menu entry %s is a command of the editor',
  id => {
    expect(ids).toContain(id)
  },
)

test('a menu leaves out what there is not, and a submenu of which nothing can be done', () => {
  const menu = [
    ['cut', 'nothing-of-the-kind', 'group'],
    ['nothing-of-the-kind'],
    [
      'paste',
      { title: 'Align', groups: [['align-left'], ['tidy']] },
      { title: 'Order', groups: [['order-to-front']] },
    ],
  ]
  const can = new Set(['cut', 'order-to-front'])
  const facts = { exists: (id: string) => id !== 'nothing-of-the-kind', canRun: (id: string) => can.has(id) }
  expect(shownGroups(menu, facts)).toEqual([
    ['cut'],
    ['paste', { title: 'Order', groups: [['order-to-front']] }],
  ])
})
