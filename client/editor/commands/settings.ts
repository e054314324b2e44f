import type { Settings } from '../types.ts'
import { always, type Command } from './command.ts'

const toggle = (
  id: string,
  title: string,
  section: Command['section'],
  setting: keyof Settings,
  ...keys: string[]
): Command => ({
  id,
  title,
  section,
  keys,
  enabled: always,
  run: editor => editor.set({ [setting]: !editor.state.settings[setting] }),
})

/** How the person works on this device. */
export const SETTING_COMMANDS: readonly Command[] = [
  toggle('tool-lock', 'Keep the tool after drawing', 'Tools', 'toolLock', 'q'),
  toggle('pen-only', 'Only the pen draws', 'Tools', 'penOnly'),
  toggle('snapping', 'Snap to shapes', 'View', 'snapping', 'alt+s'),
  toggle('grid', 'Snap to the grid', 'View', 'grid', "mod+'"),
]
