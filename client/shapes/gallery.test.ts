import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SHAPE_TYPES } from '../../shared/shapes/index.ts'
import { cells, gallerySvg, STYLES, sample, signatureOf } from './testing/gallery.ts'

/** `UPDATE_GALLERY=1 npx vitest run client/shapes/gallery.test.ts` writes it anew, and a picture of it to look at. */
const GOLDEN = new URL('./testing/gallery.golden', import.meta.url)
const UPDATE = process.env.UPDATE_GALLERY === '1'
/** Where the pictures go, one for each theme. */
const PICTURES = process.env.GALLERY_PICTURES

type Golden = Readonly<Record<string, readonly string[]>>

const drawn: Golden = Object.fromEntries(
  cells().map(({ type, style }) => [`${type} ${style}`, signatureOf(sample(type, STYLES[style] ?? {}))]),
)
if (UPDATE) writeFileSync(GOLDEN, `${JSON.stringify(drawn, null, 2)}\n`)
for (const theme of PICTURES ? (['light', 'dark'] as const) : []) {
  writeFileSync(`${PICTURES}/gallery-${theme}.svg`, gallerySvg(theme))
}
const golden: Golden = JSON.parse(readFileSync(GOLDEN, 'utf8'))

/** What rounding may differ by between two machines. */
const NEAR = 0.25

/** The words of a signature as they are, its numbers to compare by size. */
const parted = (line: string) => {
  const [words, numbers] = [line.slice(0, line.lastIndexOf(':')), line.slice(line.lastIndexOf(':') + 2)]
  return { words, numbers: numbers.split(' ').map(Number) }
}

test('each type in each style is drawn as it was when somebody looked at the gallery', () => {
  expect(Object.keys(drawn)).toEqual(Object.keys(golden))
  for (const [cell, lines] of Object.entries(drawn)) {
    const before = golden[cell] ?? []
    expect(lines.length, cell).toBe(before.length)
    for (const [i, line] of lines.entries()) {
      const [now, then] = [parted(line), parted(before[i] as string)]
      expect(now.words, cell).toBe(then.words)
      for (const [k, number] of now.numbers.entries()) {
        const from = then.numbers[k] as number
        expect(Math.abs(number - from), `${cell}: ${line}, not ${before[i]}`).toBeLessThan(
          NEAR + Math.abs(from) * 1e-3,
        )
      }
    }
  }
})

test('every type of shape has a cell in the gallery, whatever was added last', () => {
  const shown = new Set(cells().map(({ type }) => type))
  expect(SHAPE_TYPES.filter(type => !shown.has(type) && type !== 'page' && type !== 'image')).toEqual([])
})

test('two shapes that differ only in their name are drawn by hand differently, and each the same every time', () => {
  const [a, b] = ['a', 'b'].map(id => ({ ...sample('rectangle', { roughness: 1 }), id }))
  if (!a || !b) throw new Error('no samples')
  expect(signatureOf({ ...a })).toEqual(signatureOf(a))
  expect(signatureOf(b)).not.toEqual(signatureOf(a))
})
