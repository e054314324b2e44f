import { expect, test } from 'vitest'
import { paintOf, readableOn, shownColour } from './colour.ts'

const luma = (colour: string): number => {
  const { rgb } = paintOf(colour)
  return (0.299 * (rgb >> 16) + 0.587 * ((rgb >> 8) & 255) + 0.114 * (rgb & 255)) / 255
}

/** Which of the channels is the largest. */
const strongest = (colour: string): number => {
  const channels = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
  return channels.indexOf(Math.max(...channels))
}

test('on the light theme a colour is shown as it is stored', () => {
  expect(shownColour('#1e1e1e', 'light')).toBe('#1e1e1e')
})

test('on the dark theme the default ink is near white and white is near black', () => {
  expect(luma(shownColour('#1e1e1e', 'dark'))).toBeGreaterThan(0.88)
  expect(luma(shownColour('#ffffff', 'dark'))).toBeLessThan(0.15)
})

test('on the dark theme ink colours stand out from the board and pastels stay behind them', () => {
  for (const ink of ['#e03131', '#2f9e44', '#1971c2', '#f08c00', '#6741d9', '#1e1e1e']) {
    expect(luma(shownColour(ink, 'dark'))).toBeGreaterThan(0.4)
  }
  for (const pastel of ['#ffc9c9', '#b2f2bb', '#a5d8ff', '#ffec99', '#d0bfff']) {
    expect(luma(shownColour(pastel, 'dark'))).toBeLessThan(0.4)
  }
})

test('the hue stays', () => {
  for (const colour of ['#e03131', '#2f9e44', '#1971c2', '#ffc9c9', '#b2f2bb', '#a5d8ff']) {
    expect(strongest(shownColour(colour, 'dark'))).toBe(strongest(colour))
  }
})

test('every shown colour is one that can be stored', () => {
  for (let i = 0; i < 4096; i++) {
    const digits = i.toString(16).padStart(3, '0')
    const colour = `#${[...digits].map(d => d + d).join('')}`
    expect(shownColour(colour, 'dark')).toMatch(/^#[0-9a-f]{6}$/)
  }
})

test('an alpha channel and transparent are kept', () => {
  expect(shownColour('#1e1e1e80', 'dark')).toMatch(/^#[0-9a-f]{6}80$/)
  expect(shownColour('transparent', 'dark')).toBe('transparent')
})

test('a colour becomes the numbers that the GPU takes', () => {
  expect(paintOf('#12345680')).toEqual({ rgb: 0x123456, alpha: 128 / 255 })
  expect(paintOf('transparent').alpha).toBe(0)
})

test('names are black on light colours and white on dark ones', () => {
  expect(readableOn('#ffec99')).toBe('#000000')
  expect(readableOn('#1971c2')).toBe('#ffffff')
})
