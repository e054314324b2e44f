import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { boardText } from './preview-text.ts'

const label = (text: string, x: number, y: number): KnownShape =>
  makeShape('rectangle', { id: `${text}-${x}`, pos: [x, y], size: [100, 50], z: 'a0', text })

test('texts are read from the top, and from the left where they stand side by side', () => {
  const shapes = [label('world', 300, 5), label('below', 0, 400), label('Hello', 10, 12)]
  expect(boardText(shapes)).toBe('Hello\nworld\nbelow')
})

test('a text of many lines is one line, and a shape without letters none', () => {
  const shapes = [label(' two\n\nlines\t', 0, 0), label('', 0, 100), label('  ', 0, 200)]
  expect(boardText(shapes)).toBe('two lines')
})

test('what is said of a picture counts as written on the board', () => {
  const picture = makeShape('image', {
    id: 'p',
    pos: [0, 0],
    size: [10, 10],
    z: 'a0',
    asset: '0'.repeat(64),
    natural: [10, 10],
    alt: 'An otter asleep',
  })
  expect(boardText([picture])).toBe('An otter asleep')
})

test('however much is written, no more than 30,000 characters are kept', () => {
  const shapes = Array.from({ length: 50 }, (_, i) => label('x'.repeat(1_000), i, 0))
  expect(boardText(shapes)).toHaveLength(30_000)
})
