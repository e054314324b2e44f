import { expect, test } from 'vitest'
import { STYLE } from '../../../shared/geometry/marks.ts'
import { layoutText } from '../../../shared/geometry/text.ts'
import { lineStyle, textLines } from './text-lines.ts'

const { bold, list } = STYLE

test('each line has its letters by their looks, and as an item the room that its further lines stand in', () => {
  const text = 'ab\n\n• one two\nthree'
  const marks = [
    { from: 1, to: 3, style: bold },
    { from: 4, to: 6, style: list },
  ]
  const { marked } = layoutText(text, 'sans', 10, 70, line => line.length, marks)
  expect(textLines({ text, marks }, marked)).toEqual([
    {
      runs: [
        { text: 'a', style: 0 },
        { text: 'b', style: bold },
      ],
      hang: 0,
      width: 0,
    },
    { runs: [], hang: 0, width: 0 },
    {
      runs: [
        { text: '• ', style: list },
        { text: 'one two', style: 0 },
      ],
      hang: 20,
      width: 50,
    },
    { runs: [{ text: 'three', style: 0 }], hang: 0, width: 0 },
  ])
})

test('a plain text is one piece for each line', () => {
  expect(textLines({ text: 'a\n', marks: [] }, undefined)).toEqual([
    { runs: [{ text: 'a', style: 0 }], hang: 0, width: 0 },
    { runs: [], hang: 0, width: 0 },
  ])
})

test('a list stands as a whole where its text is aligned to, its further lines behind the markers', () => {
  const line = { runs: [], hang: 2, width: 10 }
  const at = (align: 'left' | 'center' | 'right', isMirrored = false) => {
    const { paddingInlineStart, textIndent, textAlign } = lineStyle(
      line,
      { align, perUnit: 10, width: 300.05 },
      isMirrored,
    )
    expect([textIndent, textAlign]).toEqual(['-20px', 'start'])
    return Number.parseFloat(paddingInlineStart)
  }
  expect([at('left'), at('center'), at('right')]).toEqual([20, 120, 220])
  expect([at('left', true), at('right', true)]).toEqual([220, 20])
  const plain = lineStyle({ ...line, hang: 0 }, { align: 'right', perUnit: 10, width: 300 }, false)
  expect(plain).toEqual({ paddingInlineStart: '', textIndent: '', textAlign: '' })
})
