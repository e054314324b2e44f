import type { ToolEntry } from '../types.ts'
import { ARRANGE_COMMANDS } from './arrange.ts'
import type { Command } from './command.ts'
import { EDIT_COMMANDS } from './edit.ts'
import { INSERT_COMMANDS, toolCommands } from './tools.ts'
import { VIEW_COMMANDS } from './view.ts'

/** Everything that can be done by a key or a menu: one list for keys, menus, the palette and the help sheet. */
export const commandsFor = (tools: readonly ToolEntry[]): readonly Command[] => [
  ...toolCommands(tools),
  ...INSERT_COMMANDS,
  ...EDIT_COMMANDS,
  ...ARRANGE_COMMANDS,
  ...VIEW_COMMANDS,
]
