import { expect, test } from 'vitest'
import { presentationAct } from './presentation-keys.ts'

const press = (key: string, held: { readonly shiftKey?: boolean; readonly ctrlKey?: boolean } = {}) =>
  presentationAct({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

test('arrows, space and the keys of a remote control turn the slides', () => {
  for (const key of ['ArrowRight', 'PageDown', ' ', 'Enter']) expect(press(key)).toBe('next')
  for (const key of ['ArrowLeft', 'PageUp', 'Backspace']) expect(press(key)).toBe('previous')
  expect(press(' ', { shiftKey: true })).toBe('previous')
})

test('the keys of the browser stay its own, and letters of tools do nothing', () => {
  expect(press('f', { ctrlKey: true })).toBeUndefined()
  expect(press('r')).toBeUndefined()
})
