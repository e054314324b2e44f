import { expect, test } from 'vitest'
import { openDialogAccept } from './accept.ts'
import { MAX_FILE_BYTES } from './content.ts'
import { FileError } from './error.ts'
import { readFile } from './index.ts'
import { drawing, element, halfWide, open } from './testing.ts'

const rectangle = drawing(element('rectangle'))

test('a file is told apart by what it holds, whatever its name is', async () => {
  const library = JSON.stringify({ type: 'excalidrawlib', version: 1, library: [[element('ellipse')]] })
  expect((await open(rectangle, 'notes.txt')).shapes[0]?.type).toBe('rectangle')
  expect((await open(library, 'wrong.excalidraw')).shapes[0]?.type).toBe('ellipse')
})

test('a file opens from text, from bytes in UTF-8 or UTF-16 with or without a mark, and from a Blob', async () => {
  const utf16 = Buffer.from(`\ufeff${rectangle}`, 'utf16le')
  const big = Buffer.from(utf16).swap16()
  const utf8 = Buffer.from(rectangle)
  const marked = Buffer.from(`\ufeff${rectangle}`)
  for (const data of [rectangle, `\ufeff${rectangle}`, utf8, marked, utf16, big, new Blob([utf8])]) {
    expect((await open(data)).shapes).toHaveLength(1)
  }
})

test('the file chooser offers every extension, and the .json of old drawings', () => {
  expect(openDialogAccept.split(',')).toEqual(
    expect.arrayContaining(['.excalidraw', '.excalidrawlib', '.json']),
  )
})

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
test.each([
  ['a PNG image', PNG, /"x" is a PNG image, not a drawing. Driftboard opens .excalidraw/],
  ['bytes that are no text', new Uint8Array([1, 2, 0xc0, 0xff]), /no text/],
  ['an empty file', '', /"x" is empty/],
  ['only white space', ' \n', /"x" is empty/],
  ['JSON that is no drawing', '{"name": "x", "version": 2}', /not a drawing/],
  ['a JSON list', '[1, 2]', /not a drawing/],
  ['a JSON number', '7', /not a drawing/],
  ['null', 'null', /not a drawing/],
  ['another program’s drawing', '{"type": "other", "elements": []}', /not a drawing/],
  ['a drawing without elements', '{"type": "excalidraw"}', /no list of elements. \(At elements.\)/],
  ['a library without items', '{"type": "excalidrawlib"}', /no list of items. \(At libraryItems.\)/],
  ['elements that are no list', '{"type": "excalidraw", "elements": {"length": 3}}', /no list of elements/],
])('%s is refused with a FileError that says why', async (_, data, message) => {
  const failure = readFile('x', data, halfWide)
  await expect(failure).rejects.toThrow(FileError)
  await expect(failure).rejects.toThrow(message)
})

test('a file above the limit is refused before it is read', async () => {
  const huge = new Blob()
  Object.defineProperty(huge, 'size', { value: 2 * MAX_FILE_BYTES })
  await expect(open(huge)).rejects.toThrow(/200 MB, and at most 100 MB/)
})

test('a file that can no longer be read, such as a folder, is a FileError', async () => {
  const folder = new Blob(['x'])
  folder.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
  await expect(open(folder, 'folder')).rejects.toThrow(/"folder" could not be read/)
})

test('more elements than one import may hold are refused', async () => {
  const many = JSON.stringify({ type: 'excalidraw', elements: new Array(100_001).fill(0) })
  await expect(open(many)).rejects.toThrow(/100,001 elements, and at most 100,000/)
})
