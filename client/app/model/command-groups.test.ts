import { expect, test } from 'vitest'
import { commandsFor } from '../../editor/commands/index.ts'
import { TOOLS } from '../../shapes/index.ts'
import { ACTIONS, CANVAS_MENU, MAIN_MENU, SELECTION_MENU } from './command-groups.ts'

const COMMANDS = commandsFor(TOOLS)

const ids = COMMANDS.map(({ id }) => id)

test.each([...MAIN_MENU, ...SELECTION_MENU, ...CANVAS_MENU, ACTIONS].flat())(
  'the menu entry %s is a command of the editor',
  id => {
    expect(ids).toContain(id)
  },
)
