import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCssColour } from './css-colour.ts'

test.each([
  ['#abc', '#aabbcc'],
  ['#ABCDEF', '#abcdef'],
  ['#abc8', '#aabbcc88'],
  ['#11223344', '#11223344'],
  ['#112233ff', '#112233'],
  ['#11223300', 'transparent'],
  ['transparent', 'transparent'],
  [' Red ', '#ff0000'],
  ['rebeccapurple', '#663399'],
  ['yellowgreen', '#9acd32'],
  ['rgb(1, 2, 3)', '#010203'],
  ['rgba(255,0,0,0.5)', '#ff000080'],
  ['rgb(255 0 0 / 50%)', '#ff000080'],
  ['rgb(100%, 50%, 0%)', '#ff8000'],
  ['rgb(999, -5, 0)', '#ff0000'],
  ['rgba(1,2,3,0)', 'transparent'],
  ['hsl(120, 100%, 50%)', '#00ff00'],
  ['hsl(-240deg 100% 25%)', '#008000'],
  ['hsla(0.5turn, 100%, 50%, 1)', '#00ffff'],
])('%j is %s', (css, colour) => {
  expect(parseCssColour(css)).toBe(colour)
})

test.each([
  '',
  '#',
  '#12',
  '#12345',
  '#xyzxyz',
  'constructor',
  '__proto__',
  'rgb(1,2)',
  'rgb(1,2,3,4,5)',
  'rgb(a,b,c)',
  'hsl(1, 2deg, 3%)',
  'url(#x)',
  'var(--x)',
  'red;',
  'currentcolor',
])('%j is no colour', css => {
  expect(parseCssColour(css)).toBeUndefined()
})

test('whatever is written, the answer is a colour that a board takes, or none', () => {
  const part = fc.oneof(fc.integer(), fc.double(), fc.constantFrom('1e999', '-1e999%', '.5turn', '50%'))
  const call = fc.tuple(fc.constantFrom('rgb', 'hsl', 'rgba', 'hsla'), fc.array(part, { maxLength: 5 }))
  const css = fc.oneof(
    fc.string(),
    call.map(([name, parts]) => `${name}(${parts.join(',')})`),
  )
  fc.assert(
    fc.property(css, text => {
      expect(parseCssColour(text) ?? 'transparent').toMatch(/^(#[0-9a-f]{6}([0-9a-f]{2})?|transparent)$/)
    }),
    { numRuns: 2000 },
  )
})
