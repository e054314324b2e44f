import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeShape } from '../schema/read.ts'
import { shapeBox, shapeResized, shapeTextParts } from './index.ts'
import { cellUnder, type Table, tableBox, tableLayout } from './table.ts'
import {
  asCell,
  cellAt,
  cellMade,
  cellText,
  columnAdded,
  columnCount,
  columnRemoved,
  gridOf,
  rowAdded,
  rowRemoved,
  spliced,
} from './table-text.ts'

const lineWidth = (line: string) => line.length / 2
const sheet = (text: string, given: Partial<Table> = {}): Table =>
  makeShape('table', { id: 't', z: 'a0', pos: [10, 20], size: [300, 120], ...given, text })

/** Texts of tables, also with rows that are too short. */
const word = fc.constantFrom('', 'a', 'two words', 'a longer text that has to be wrapped', 'ä😀')
const text = fc
  .array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .map(rows => rows.map(row => row.join('\t')).join('\n'))

const cellsOf = (of: string): readonly (readonly string[])[] => of.split('\n').map(row => row.split('\t'))

test('the cells of a table are what stands between its tabs and newlines, and each offset is in one of them', () => {
  fc.assert(
    fc.property(text, fc.nat(), (of, n) => {
      const grid = gridOf(of)
      expect(grid.map(row => row.map(({ from, to }) => of.slice(from, to)))).toEqual(cellsOf(of))
      const offset = n % (of.length + 1)
      const { row, column } = cellAt(of, offset)
      const cell = grid[row]?.[column]
      expect(cell && cell.from <= offset && offset <= cell.to).toBe(true)
    }),
  )
})

test('a row or a column that is added is empty, leaves the others as they are, and is gone again once it is removed', () => {
  const applied = (of: string, splices: readonly Parameters<typeof spliced>[1][]) =>
    splices.reduce(spliced, of)
  fc.assert(
    fc.property(text, fc.nat(), (of, n) => {
      const grid = gridOf(of)
      const row = n % grid.length
      const longer = spliced(of, rowAdded(of, row) ?? { at: 0, remove: 0, insert: '!' })
      const blank = Array<string>(columnCount(grid)).fill('')
      expect(cellsOf(longer)).toEqual(cellsOf(of).toSpliced(row + 1, 0, blank))
      expect(spliced(longer, rowRemoved(longer, row + 1) ?? { at: 0, remove: 0, insert: '!' })).toBe(of)
      const column = n % columnCount(grid)
      const wider = applied(of, columnAdded(of, column))
      const expected = cellsOf(of).map(cells =>
        column < cells.length ? cells.toSpliced(column + 1, 0, '') : cells,
      )
      expect(cellsOf(wider)).toEqual(expected)
      if (expected.every(cells => cells.length > column + 1 || cells.length <= column))
        expect(columnCount(gridOf(applied(wider, columnRemoved(wider, column + 1))))).toBe(columnCount(grid))
    }),
  )
})

test('the only row and the only column cannot be removed, and a table does not grow past what it can hold', () => {
  expect(rowRemoved('a\tb', 0)).toBeUndefined()
  expect(columnRemoved('a\nb', 0)).toEqual([])
  expect(rowAdded(Array(200).fill('a').join('\n'), 3)).toBeUndefined()
  expect(columnAdded(Array(50).fill('a').join('\t'), 3)).toEqual([])
  expect(columnCount(gridOf('\t'.repeat(5000)))).toBe(50)
})

test('a cell that its row is too short for is made by tabs', () => {
  expect(cellMade('a\nb\tc', { row: 1, column: 1 })).toBeUndefined()
  const made = cellMade('a\nb\tc\td', { row: 0, column: 2 })
  expect(made && spliced('a\nb\tc\td', made)).toBe('a\t\t\nb\tc\td')
  expect(cellText('a\nb\tc', { row: 0, column: 1 })).toBe('')
  expect(asCell('a\r\nb\tc\nd')).toBe('a b c d')
})

test('rows hold their text, are as even as they can be, and the table stays as it is when resized to its own box', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 })
  fc.assert(
    fc.property(text, shares, fc.integer({ min: 30, max: 900 }), (of, columns, height) => {
      const table = sheet(of, { columns, size: [400, height] })
      const box = shapeBox(table, lineWidth)
      expect(box.h).toBeGreaterThanOrEqual(height - 1e-6)
      const { xs } = tableLayout(table, lineWidth)
      expect(xs.at(-1)).toBeCloseTo(400)
      expect(xs).toEqual([...xs].sort((a, b) => a - b))
      const patch = shapeResized(table, { from: box, to: box, flipX: false, flipY: false }, lineWidth)
      const after = shapeBox({ ...table, ...patch } as Table, lineWidth)
      expect(after.h).toBeCloseTo(box.h, 6)
      for (const { place } of shapeTextParts(table, lineWidth) ?? [])
        expect(place.box.y + place.box.h).toBeLessThanOrEqual(box.h)
    }),
  )
})

test('the cell under a point is the one whose lines are around it, also in a table that is turned', () => {
  const table = sheet('a\tb\tc\nd\te\tf')
  expect(cellUnder(table, [15, 25], lineWidth)).toEqual({ row: 0, column: 0 })
  expect(cellUnder(table, [160, 130], lineWidth)).toEqual({ row: 1, column: 1 })
  expect(cellUnder(table, [900, -50], lineWidth)).toEqual({ row: 0, column: 2 })
  expect(cellUnder({ ...table, rot: Math.PI }, [15, 25], lineWidth)).toEqual({ row: 1, column: 2 })
  expect(tableBox(table, lineWidth)).toEqual({ x: 10, y: 20, w: 300, h: 120 })
})
