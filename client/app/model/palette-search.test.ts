import { expect, test } from 'vitest'
import type { AppCommand } from '../app-editor.ts'
import { paletteRows, withRecent } from './palette-search.ts'

const command = (id: string, title: string, section: AppCommand['section'] = 'Edit'): AppCommand => ({
  ...{ id, title, section },
  keys: [],
})
const ALL = [
  command('undo', 'Undo'),
  command('zoom-fit', 'Zoom to fit', 'View'),
  command('duplicate', 'Duplicate'),
  command('to-front', 'Bring to front', 'Arrange'),
]
const ids = (query: string, recent: readonly string[] = [], barred: readonly string[] = []) =>
  paletteRows(ALL, query, recent, id => !barred.includes(id)).map(row => row.command.id)

test('without a query everything is listed, what was used last first', () => {
  expect(ids('', ['to-front', 'gone', 'undo'])).toEqual(['to-front', 'undo', 'zoom-fit', 'duplicate'])
})

test('a query finds by the beginnings of words, in any order, with a slip of the finger and without accents', () => {
  expect(ids('zo fit')[0]).toBe('zoom-fit')
  expect(ids('front bring')[0]).toBe('to-front')
  expect(ids('duplciate')[0]).toBe('duplicate')
  expect(ids('ündo')[0]).toBe('undo')
  expect(ids('xyzzy')).toEqual([])
})

test('a command is found by the part of the app that it belongs to', () => {
  expect(ids('arrange')).toEqual(['to-front'])
})

test('what would do nothing now comes last', () => {
  expect(ids('', [], ['undo']).at(-1)).toBe('undo')
})

test('the letters that were found are marked within the title', () => {
  const [row] = paletteRows(ALL, 'fit', [], () => true)
  expect(row?.marks).toEqual([8, 11])
})

test('what was used is remembered once, the last first, and not for ever', () => {
  expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a'])
  expect(withRecent(['a', 'b', 'c', 'd', 'e'], 'f')).toEqual(['f', 'a', 'b', 'c', 'd'])
})
