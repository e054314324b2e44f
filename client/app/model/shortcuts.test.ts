import { expect, test } from 'vitest'
import { isMac, shortcutText } from './shortcuts.ts'

test.each([
  ['mod+z', 'Ctrl+Z', '⌘Z'],
  ['mod+shift+z', 'Ctrl+Shift+Z', '⌘⇧Z'],
  ['mod++', 'Ctrl++', '⌘+'],
  ['mod+-', 'Ctrl+−', '⌘−'],
  ['shift+arrowup', 'Shift+↑', '⇧↑'],
  ['v', 'V', 'V'],
  [']', ']', ']'],
  ['delete', 'Del', 'Del'],
  ['escape', 'Esc', 'Esc'],
])('%j reads %j, and %j on a Mac', (keys, elsewhere, onMac) => {
  expect(shortcutText(keys, false)).toBe(elsewhere)
  expect(shortcutText(keys, true)).toBe(onMac)
})

test('Macs, iPads and iPhones have a command key, others do not', () => {
  expect(['MacIntel', 'iPad', 'iPhone'].every(isMac)).toBe(true)
  expect(['Win32', 'Linux x86_64', ''].some(isMac)).toBe(false)
})
