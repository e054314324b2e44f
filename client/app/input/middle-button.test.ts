import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followMiddleButton } from './middle-button.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page() {
  const target = new EventTarget()
  const binding = new AbortController()
  const isByMiddleButton = followMiddleButton(target as unknown as Window, binding.signal)
  const hear = (type: string, buttons: number) =>
    target.dispatchEvent(Object.assign(new Event(type), { buttons }))
  return { hear, isByMiddleButton, stop: () => binding.abort() }
}

test('a paste while the middle button is down, or with the click that lets it go, is by that button; the next is not', () => {
  const { hear, isByMiddleButton } = page()
  expect(isByMiddleButton()).toBe(false)
  hear('pointerdown', 4)
  hear('pointermove', 4)
  expect(isByMiddleButton()).toBe(true)
  hear('pointerup', 0)
  expect(isByMiddleButton()).toBe(true)
  vi.runAllTimers()
  expect(isByMiddleButton()).toBe(false)
})

test('other buttons paste nothing; one pressed beside the middle button takes nothing from it', () => {
  const { hear, isByMiddleButton } = page()
  hear('pointerdown', 1)
  expect(isByMiddleButton()).toBe(false)
  hear('pointermove', 5)
  expect(isByMiddleButton()).toBe(true)
  hear('pointermove', 1)
  vi.runAllTimers()
  expect(isByMiddleButton()).toBe(false)
})

test('a middle button let go outside of the page is forgotten with the next pointer event, and nothing is followed after the end', () => {
  const { hear, isByMiddleButton, stop } = page()
  hear('pointerdown', 4)
  hear('pointermove', 0)
  vi.runAllTimers()
  expect(isByMiddleButton()).toBe(false)
  stop()
  hear('pointerdown', 4)
  expect(isByMiddleButton()).toBe(false)
})
