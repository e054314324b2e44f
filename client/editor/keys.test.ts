import { describe, expect, test } from 'vitest'
import { TOOLS } from '../shapes/index.ts'
import { commandsFor } from './commands/index.ts'
import { commandFor, type KeyPress } from './keys.ts'

const COMMANDS = commandsFor(TOOLS)

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

function idFor(press: Partial<KeyPress> & Pick<KeyPress, 'key' | 'code'>, isMac = false): string | undefined {
  return commandFor(COMMANDS, { ...NONE, ...press }, isMac)?.id
}

describe('on a US keyboard', () => {
  test.each([
    [{ key: 'v', code: 'KeyV' }, 'tool-select'],
    [{ key: '5', code: 'Digit5' }, 'tool-arrow'],
    [{ key: '5', code: 'Numpad5' }, 'tool-arrow'],
    [{ key: 'ArrowUp', code: 'Numpad8' }, 'nudge-up'],
    [{ key: 'z', code: 'KeyZ', ctrlKey: true }, 'undo'],
    [{ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }, 'redo'],
    [{ key: '!', code: 'Digit1', shiftKey: true }, 'zoom-fit'],
    [{ key: '=', code: 'Equal', ctrlKey: true }, 'zoom-in'],
    [{ key: '+', code: 'Equal', ctrlKey: true, shiftKey: true }, 'zoom-in'],
    [{ key: '+', code: 'NumpadAdd', ctrlKey: true }, 'zoom-in'],
    [{ key: '}', code: 'BracketRight', ctrlKey: true, shiftKey: true }, 'order-to-front'],
    [{ key: ']', code: 'BracketRight', ctrlKey: true }, 'order-forward'],
    [{ key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: true }, 'nudge-left-far'],
    [{ key: 'Delete', code: 'Delete' }, 'delete'],
  ] as const)('%j is %s', (press, id) => {
    expect(idFor(press)).toBe(id)
  })

  test.each([
    [{ key: 'r', code: 'KeyR', altKey: true }],
    [{ key: 'v', code: 'KeyV', metaKey: true }],
    [{ key: 'R', code: 'KeyR', shiftKey: true }],
    [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true }],
    [{ key: 'r', code: 'KeyR', ctrlKey: true }],
  ] as const)('%j is no shortcut', press => {
    expect(idFor(press)).toBeUndefined()
  })
})

test('a Mac uses cmd, and ctrl is left alone', () => {
  expect(idFor({ key: 'z', code: 'KeyZ', metaKey: true }, true)).toBe('undo')
  expect(idFor({ key: 'z', code: 'KeyZ', ctrlKey: true }, true)).toBeUndefined()
})

test('a Cyrillic layout goes by the place of the key', () => {
  expect(idFor({ key: 'м', code: 'KeyV' })).toBe('tool-select')
  expect(idFor({ key: 'я', code: 'KeyZ', ctrlKey: true })).toBe('undo')
  expect(idFor({ key: 'Я', code: 'KeyZ', ctrlKey: true, shiftKey: true })).toBe('redo')
})

test('a German layout goes by the letter, and AltGr types its brackets', () => {
  expect(idFor({ key: 'z', code: 'KeyY', ctrlKey: true })).toBe('undo')
  expect(idFor({ key: 'y', code: 'KeyZ', ctrlKey: true })).toBe('redo')
  expect(idFor({ key: ']', code: 'Digit9', ctrlKey: true, altKey: true })).not.toBe('tool-text')
})

test('ctrl and alt are a shortcut where they type nothing, and AltGr is none', () => {
  const press = { key: 'c', code: 'KeyC', ctrlKey: true, altKey: true }
  expect(idFor({ ...press, getModifierState: () => false })).toBe('copy-style')
  expect(idFor({ ...press, getModifierState: () => true })).toBeUndefined()
  expect(idFor({ key: 'ç', code: 'KeyC', metaKey: true, altKey: true }, true)).toBe('copy-style')
})

test('a French layout takes its digits by place, though they are typed with shift', () => {
  expect(idFor({ key: '&', code: 'Digit1' })).toBe('tool-select')
  expect(idFor({ key: '1', code: 'Digit1', shiftKey: true })).toBe('zoom-fit')
})

test('a Dvorak layout does not undo where its semicolon lies', () => {
  expect(idFor({ key: ';', code: 'KeyZ', ctrlKey: true })).toBeUndefined()
})

test('no two commands share a shortcut', () => {
  const keys = COMMANDS.flatMap(command => command.keys)
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})
