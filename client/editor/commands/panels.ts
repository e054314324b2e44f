import type { PanelName } from '../actions.ts'
import type { Command } from './command.ts'

const panel = (id: string, title: string, name: PanelName, ...keys: string[]): Command => ({
  id,
  title,
  section: 'View',
  keys,
  enabled: editor => editor.panels !== undefined,
  run: editor => editor.panels?.toggle(name),
})

/** What opens a part of the interface, or closes it again. */
export const PANEL_COMMANDS: readonly Command[] = [
  panel('palette', 'All actions', 'palette', 'mod+k', 'mod+/'),
  panel('find', 'Find on the board', 'find', 'mod+f'),
  panel('shortcuts', 'Keyboard shortcuts', 'shortcuts', '?'),
  panel('export', 'Export', 'export', 'mod+shift+e'),
  panel('library', 'Shape library', 'library'),
  panel('minimap', 'Minimap', 'minimap'),
  panel('pages', 'Pages', 'pages'),
  panel('focus', 'Focus mode', 'focus', 'mod+.', 'alt+z'),
  panel('present', 'Present', 'presentation'),
]
