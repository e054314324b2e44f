import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandFor, type KeyPress } from '../../editor/keys.ts'
import { keysWithout, ownerOf, patternOf } from './record-key.ts'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  ...plain,
  key,
  code,
  ...held,
})

const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz').chain(letter =>
  fc.record({
    key: fc.constantFrom(letter, letter.toUpperCase(), 'ф', 'å'),
    code: fc.constant(`Key${letter.toUpperCase()}`),
  }),
)
const others = fc.constantFrom(
  { key: '?', code: 'Slash' },
  { key: '[', code: 'BracketLeft' },
  { key: '{', code: 'BracketLeft' },
  { key: '+', code: 'Equal' },
  { key: '5', code: 'Digit5' },
  { key: '%', code: 'Digit5' },
  { key: 'F2', code: 'F2' },
  { key: 'ArrowUp', code: 'ArrowUp' },
  { key: 'Delete', code: 'Delete' },
)
const presses = fc
  .tuple(
    fc.oneof(letters, others),
    fc.record({ ctrlKey: fc.boolean(), metaKey: fc.boolean(), shiftKey: fc.boolean(), altKey: fc.boolean() }),
  )
  .map(([key, held]): KeyPress => ({ ...key, ...held }))

test('a recorded shortcut is the press that it was recorded from', () => {
  fc.assert(
    fc.property(presses, fc.boolean(), (pressed, onMac) => {
      const pattern = patternOf(pressed, onMac)
      if (pattern === undefined) return
      expect(commandFor([{ keys: [pattern] }], pressed, onMac), pattern).toBeDefined()
    }),
  )
})

test('letters are recorded with their modifiers, signs as what they are, other alphabets by their place', () => {
  expect(patternOf(press('K', 'KeyK', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+k')
  expect(patternOf(press('?', 'Slash', { shiftKey: true }), false)).toBe('?')
  expect(patternOf(press('%', 'Digit5', { shiftKey: true }), false)).toBe('shift+5')
  expect(patternOf(press('л', 'KeyK', { ctrlKey: true }), false)).toBe('mod+k')
  expect(patternOf(press('¬', 'KeyL', { altKey: true }), true)).toBe('alt+l')
})

test('a modifier alone, and the keys of dialogs, are no shortcut', () => {
  expect(patternOf(press('Shift', 'ShiftLeft', { shiftKey: true }), false)).toBeUndefined()
  expect(patternOf(press('Escape', 'Escape'), false)).toBeUndefined()
  expect(patternOf(press('k', 'KeyK', { metaKey: true }), false)).toBeUndefined()
})

test('a key that another command has is told, and can be taken from it alone', () => {
  const commands = [
    { id: 'redo', keys: ['mod+shift+z', 'mod+y'] },
    { id: 'find', keys: ['mod+f'] },
  ]
  const y = press('y', 'KeyY', { ctrlKey: true })
  expect(ownerOf(commands, y, false, 'find')?.id).toBe('redo')
  expect(ownerOf(commands, y, false, 'redo')).toBeUndefined()
  expect(keysWithout(['mod+shift+z', 'mod+y'], y, false)).toEqual(['mod+shift+z'])
})
