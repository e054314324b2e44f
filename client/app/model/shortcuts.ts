/** Names of keys as keyboards print them. */
const NAMES: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  delete: 'Del',
  backspace: '⌫',
  enter: '↵',
  ' ': 'Space',
  '-': '−',
}

const MODIFIERS_ON_MAC: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃' }
const MODIFIERS: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl' }

/** `mod+shift+z` as the person's keyboard shows it: `Ctrl+Shift+Z`, or `⌘⇧Z` on a Mac. */
export function shortcutText(keys: string, onMac: boolean): string {
  // A last part of '' is the plus key itself: `mod++`.
  const parts = keys.endsWith('+') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  const modifiers = onMac ? MODIFIERS_ON_MAC : MODIFIERS
  const shown = parts
    .filter(part => part !== '')
    .map(part => modifiers[part.toLowerCase()] ?? NAMES[part.toLowerCase()] ?? capital(part))
  return shown.join(onMac ? '' : '+')
}

const capital = (key: string): string =>
  key.length === 1 ? key.toUpperCase() : key[0]?.toUpperCase() + key.slice(1)

export const isMac = (platform: string): boolean => /mac|iphone|ipad/i.test(platform)
