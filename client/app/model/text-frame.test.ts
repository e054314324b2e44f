import { expect, test } from 'vitest'
import { makeShape } from '../../../shared/schema/read.ts'
import { barPlace, type TextFrame, textFrame } from './text-frame.ts'

/** Half an em for each letter. */
const lineWidth = (line: string) => line.length * 0.5
const HOME = { x: 0, y: 0, zoom: 1 }
const text = makeShape('text', { id: 't', z: 'a0', pos: [100, 40], text: 'four\nlines' })
const box = makeShape('rectangle', { id: 'r', z: 'a0', pos: [0, 0], size: [200, 100], text: 'ab' })

/** Where the top left of the letters, inside the padding, and the unit along x come to lie on the screen. */
function placed({ transform, padding }: TextFrame) {
  const numbers = [...transform.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(Number)
  const [cx = 0, cy = 0, turn = 0, left = 0, top = 0, scale = 0] = numbers
  const [dx, dy] = [left + padding * scale, top + padding * scale]
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
  return { at: [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos], scale }
}

const heightOfLetters = ({ height, padding }: TextFrame) => height - 2 * padding

test('a text lies at its place on the screen, as large as it is shown', () => {
  const frame = textFrame(text, { x: 50, y: 0, zoom: 2 }, lineWidth, 'light')
  expect(placed(frame)).toEqual({ at: [100, 80], scale: 1 })
  expect(frame.fontSize).toBe(40)
  expect(heightOfLetters(frame)).toBe(2 * 40 * frame.lineHeight)
})

test('a text without a wrap leaves room for the next letter', () => {
  const frame = textFrame(text, HOME, lineWidth, 'light')
  expect(frame.wraps).toBe(false)
  expect(frame.width).toBeGreaterThanOrEqual(5 * 0.5 * 20 + 20)
})

test('type too small for a browser is set larger and scaled down to its size', () => {
  const frame = textFrame(text, { x: 0, y: 0, zoom: 0.05 }, lineWidth, 'light')
  expect(frame.fontSize).toBeGreaterThanOrEqual(12)
  expect(frame.fontSize * placed(frame).scale).toBeCloseTo(1)
})

test('a turned text turns about the middle of its box', () => {
  const turned = textFrame({ ...text, rot: Math.PI }, HOME, lineWidth, 'light')
  const [x, y] = placed(turned).at
  expect(x).toBeCloseTo(100 + 5 * 0.5 * 20)
  expect(y).toBeCloseTo(40 + 2 * 20 * turned.lineHeight)
})

test('a label stands in the middle of its shape, and an empty one has a line for the caret', () => {
  for (const shape of [box, { ...box, text: '' }]) {
    const frame = textFrame(shape, HOME, lineWidth, 'light')
    expect(frame.align).toBe('center')
    expect(placed(frame).at[0] ?? 0).toBeCloseTo((200 - frame.width) / 2 + frame.padding)
    expect(placed(frame).at[1] ?? 0).toBeCloseTo((100 - heightOfLetters(frame)) / 2)
    expect(heightOfLetters(frame)).toBe(20 * frame.lineHeight)
  }
})

test('the letters have the colour of the theme', () => {
  expect(textFrame(text, HOME, lineWidth, 'light').colour).toBe('#1e1e1e')
  expect(textFrame(text, HOME, lineWidth, 'dark').colour).not.toBe('#1e1e1e')
})

test('the bar of a text stands above it, below where there is no room, and always in view beside the panels', () => {
  const wide = { w: 1000, h: 700 }
  const place = (pos: readonly [number, number], viewport = wide) =>
    barPlace({ ...text, pos: [...pos] }, HOME, viewport, lineWidth)
  expect(place([400, 300])).toEqual({ left: 400, top: 244 })
  expect(place([400, 90])).toEqual({ left: 400, top: 150 })
  expect(place([0, 300]).left).toBe(240)
  expect(place([2000, -500])).toEqual({ left: 756, top: 68 })
  expect(place([400, 2000]).top).toBe(588)
  expect(place([0, 300], { w: 390, h: 700 }).left).toBe(8)
  expect(place([380, 300], { w: 390, h: 700 }).left).toBe(146)
})
