import type { ToolEntry } from '../types.ts'
import { ARRANGE_COMMANDS } from './arrange.ts'
import type { Command } from './command.ts'
import { EDIT_COMMANDS } from './edit.ts'
import { EXPORT_COMMANDS } from './export.ts'
import { FRAME_COMMANDS } from './frames.ts'
import { IMAGE_COMMANDS } from './images.ts'
import { LAYOUT_COMMANDS } from './layout.ts'
import { LIBRARY_COMMANDS } from './library.ts'
import { LINE_COMMANDS } from './lines.ts'
import { LINK_COMMANDS } from './links.ts'
import { LOCK_COMMANDS } from './lock.ts'
import { NOTE_COMMANDS } from './notes.ts'
import { PANEL_COMMANDS } from './panels.ts'
import { PLACE_COMMANDS } from './places.ts'
import { ROTATE_COMMANDS } from './rotate.ts'
import { SELECT_COMMANDS } from './select.ts'
import { SETTING_COMMANDS } from './settings.ts'
import { STYLE_COMMANDS } from './style.ts'
import { TABLE_COMMANDS } from './tables.ts'
import { TEXT_STYLE_COMMANDS } from './text-style.ts'
import { INSERT_COMMANDS, toolCommands } from './tools.ts'
import { VIEW_COMMANDS } from './view.ts'

/** Everything that can be done by a key or a menu: one list for keys, menus, the palette and the help sheet. */
export const commandsFor = (tools: readonly ToolEntry[]): readonly Command[] => [
  ...toolCommands(tools),
  ...INSERT_COMMANDS,
  ...EDIT_COMMANDS,
  ...EXPORT_COMMANDS,
  ...LIBRARY_COMMANDS,
  ...STYLE_COMMANDS,
  ...TEXT_STYLE_COMMANDS,
  ...NOTE_COMMANDS,
  ...TABLE_COMMANDS,
  ...IMAGE_COMMANDS,
  ...LINK_COMMANDS,
  ...LINE_COMMANDS,
  ...SELECT_COMMANDS,
  ...ARRANGE_COMMANDS,
  ...LAYOUT_COMMANDS,
  ...ROTATE_COMMANDS,
  ...LOCK_COMMANDS,
  ...FRAME_COMMANDS,
  ...VIEW_COMMANDS,
  ...PLACE_COMMANDS,
  ...SETTING_COMMANDS,
  ...PANEL_COMMANDS,
]
