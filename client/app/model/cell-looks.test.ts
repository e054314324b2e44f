import { expect, test } from 'vitest'
import { STYLE } from '../../../shared/geometry/marks.ts'
import { cellFont, cellRestyled } from './cell-looks.ts'

const TABLE = { text: 'ab\tc\n\td', marks: [{ from: 0, to: 2, style: STYLE.bold }] }

test('a cell becomes bold as a whole, and plain again; an empty one, or a list, does not', () => {
  const state = { ...TABLE, from: 3, to: 3 }
  const bold = cellRestyled(state, { row: 0, column: 1 }, 'text-bold')
  expect(bold?.marks).toEqual([
    { from: 0, to: 2, style: STYLE.bold },
    { from: 3, to: 4, style: STYLE.bold },
  ])
  expect(cellRestyled(state, { row: 0, column: 0 }, 'text-bold')?.marks).toEqual([])
  expect(cellRestyled(state, { row: 1, column: 0 }, 'text-bold')).toBeUndefined()
  expect(cellRestyled(state, { row: 0, column: 0 }, 'text-bullets')).toBeUndefined()
})

test('the field of a cell has the letters of the cell where they are all alike', () => {
  expect(cellFont(TABLE, { row: 0, column: 0 })).toEqual({ fontWeight: '700', fontStyle: 'normal' })
  expect(cellFont(TABLE, { row: 0, column: 1 })).toEqual({ fontWeight: '400', fontStyle: 'normal' })
})
