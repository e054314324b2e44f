import { isMac, shortcutText } from '../model/shortcuts.ts'

export const ON_MAC = isMac(navigator.platform)

/** A shortcut as this device's keyboard shows it; empty for none. */
export const shownKeys = (keys: string | undefined): string =>
  keys === undefined ? '' : shortcutText(keys, ON_MAC)
