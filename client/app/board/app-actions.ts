import { fire } from '../events.ts'
import type { PaletteCommand } from '../model/palette-search.ts'
import { isThemeChoice, type ThemeStore } from '../model/theme.ts'

const action = (id: string, title: string, section: string): PaletteCommand => ({
  ...{ id, title, section },
  keys: [],
})

/** What the app does beside the editor's commands, for the palette. The main menu, or a button, has the same. */
export const APP_ACTIONS: readonly PaletteCommand[] = [
  action('app:home', 'Your boards', 'Board'),
  action('app:files', 'Open a file…', 'Board'),
  action('app:copy', 'Save a copy…', 'Board'),
  action('app:share', 'Share…', 'Board'),
  action('app:security', 'Security…', 'Board'),
  action('theme:light', 'Light theme', 'View'),
  action('theme:dark', 'Dark theme', 'View'),
  action('theme:system', 'Theme as the system has it', 'View'),
  action('contrast:', 'High contrast', 'View'),
]

export interface AppActionParts {
  readonly themes: ThemeStore | undefined
  /** Opens the browser's chooser, for which a press or a key must be the cause. */
  readonly chooseFiles: () => void
}

/** Does what has this id; events leave from `element`. Returns false for an id of the editor's commands. */
export function runAppAction(
  element: HTMLElement,
  id: string,
  { themes, chooseFiles }: AppActionParts,
): boolean {
  const [kind, name = ''] = id.split(':')
  if (kind === 'theme') {
    if (isThemeChoice(name)) themes?.choose(name)
  } else if (kind === 'contrast') themes?.chooseContrast(themes.contrast === 'more' ? 'system' : 'more')
  else if (kind !== 'app') return false
  else if (name === 'home') fire(element, 'go-home', null)
  else if (name === 'copy') fire(element, 'save-copy', null)
  else if (name === 'share') fire(element, 'show-share', null)
  else if (name === 'security') fire(element, 'show-security', null)
  else if (name === 'lock') fire(element, 'lock-vault', null)
  else chooseFiles()
  return true
}
