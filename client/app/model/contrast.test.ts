import { expect, test } from 'vitest'
import { hardToSee } from './contrast.ts'
import { FILLS, STROKES } from './palette.ts'

const style = (stroke: string, fill?: string) => ({
  stroke: { value: stroke },
  ...(fill === undefined ? {} : { fill: { value: fill } }),
})

test('every colour of the palette can be seen on the board and on every fill, in both themes', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const { colour } of STROKES)
      for (const fill of FILLS)
        expect(hardToSee(style(colour, fill.colour), theme), `${colour} on ${fill.name}`).toBe(false)
})

test('a pale line on the board is hard to see, and a line in the colour of its own fill', () => {
  expect(hardToSee(style('#fff3bf'), 'light')).toBe(true)
  expect(hardToSee(style('#1971c2', '#1971c2'), 'light')).toBe(true)
  expect(hardToSee(style('#fff3bf', '#1e1e1e'), 'light')).toBe(false)
})

test('shapes without a stroke, or of several colours, are not judged', () => {
  expect(hardToSee({}, 'light')).toBe(false)
  expect(hardToSee({ stroke: { value: undefined } }, 'dark')).toBe(false)
})
