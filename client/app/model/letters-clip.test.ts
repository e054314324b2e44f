import fc from 'fast-check'
import { expect, test } from 'vitest'
import { marksBetween, marksOfRuns, STYLE } from '../../../shared/geometry/marks.ts'
import { clipOf, readClip } from './letters-clip.ts'

const rich = fc
  .array(fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 6 }), style: fc.nat({ max: 15 }) }), {
    maxLength: 4,
  })
  .map(runs => ({ text: runs.map(({ text }) => text).join(''), marks: marksOfRuns(runs) }))

test('what is copied comes back with its looks, also out of the frame that a system puts around it', () => {
  fc.assert(
    fc.property(rich, fc.nat(), ({ text, marks }, at) => {
      const from = text.isWellFormed() ? at % (text.length + 1) : 0
      const state = { text, marks, from, to: text.length }
      fc.pre(text.slice(from).isWellFormed())
      const { html, text: plain } = clipOf(state)
      expect(plain).toBe(text.slice(from))
      const expected = { text: plain, marks: marksBetween(marks, from, text.length) }
      expect(readClip(`<meta charset="utf-8"><html><body><!--StartFragment-->${html}</body></html>`)).toEqual(
        expected,
      )
    }),
  )
})

test('other programs get bold as bold, and nothing of a text as HTML of its own', () => {
  const state = {
    text: '<b>\n&x',
    marks: [{ from: 4, to: 5, style: STYLE.bold | STYLE.strike }],
    from: 0,
    to: 6,
  }
  expect(clipOf(state).html).toContain('>&lt;b><br><s><b>&amp;</b></s>x</span>')
})

test.each([
  '',
  '<b>bold</b>',
  '<span data-driftboard="%7B">',
  '<span data-driftboard="%zz">',
  `<span data-driftboard="${encodeURIComponent('{"text":1,"marks":[]}')}">`,
  `<span data-driftboard="${encodeURIComponent('{"text":"a","marks":[{"from":-1,"to":1,"style":1}]}')}">`,
  `<span data-driftboard="${encodeURIComponent('{"text":"a","marks":[null]}')}">`,
  `<span data-driftboard="${encodeURIComponent('null')}">`,
])('%j is no copy of letters', html => {
  expect(readClip(html)).toBeUndefined()
})
