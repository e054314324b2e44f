import { expect, test } from 'vitest'
import { makeShape } from '../shared/schema/read.ts'
import { shapesText } from './editor/clipboard.ts'
import { element, halfWide, textElement } from './files/testing.ts'
import { libraryFile, readLibraryFile } from './library-files.ts'

const file = (content: unknown, name = 'mine.excalidrawlib') => new File([JSON.stringify(content)], name)
const library = (...libraryItems: readonly unknown[]) =>
  file({ type: 'excalidrawlib', version: 2, libraryItems })
const pair = (keys: Record<string, unknown> = {}) => [
  element('rectangle', { id: 'r', ...keys }),
  element('ellipse', { id: 'e', ...keys }),
]

test('items are read by themselves, with their names, in the order of the file, each at the origin', async () => {
  const { items, left } = await readLibraryFile(
    library(
      { id: '1', name: ' Server ', elements: pair({ x: 500 }) },
      { id: '2', elements: [] },
      pair({ groupIds: ['g'] }),
    ),
    halfWide,
  )
  expect(left).toBe('')
  expect(items.map(({ name, shapes }) => [name, shapes.length])).toEqual([
    ['Server', 2],
    ['', 2],
  ])
  expect(items.flatMap(({ shapes }) => shapes.map(({ groups }) => groups.length))).toEqual([0, 0, 1, 1])
  for (const { pos } of items.flatMap(({ shapes }) => shapes)) expect(Math.hypot(...pos)).toBeLessThan(5)
})

test('an item reads as the same text wherever it stands in a file', async () => {
  const read = async (...items: readonly unknown[]) =>
    (await readLibraryFile(library(...items), halfWide)).items.map(({ shapes }) => shapesText(shapes))
  const [first] = await read(pair())
  expect((await read([element('diamond')], pair())).at(1)).toBe(first)
})

test('any other file is refused with what to do, and a broken item is told of', async () => {
  const drawing = file({ type: 'excalidraw', elements: [] }, 'plan.excalidraw')
  await expect(readLibraryFile(drawing, halfWide)).rejects.toThrow('"plan.excalidraw" is no library.')
  await expect(readLibraryFile(file({ type: 'excalidrawlib' }), halfWide)).rejects.toThrow('no list of items')
  const { items, left } = await readLibraryFile(library(null, pair()), halfWide)
  expect(items).toHaveLength(1)
  expect(left).toBe('1 shape could not be read.')
})

test('what is saved as a file comes in again as the same items', async () => {
  const words = textElement('What it says', { id: 't', x: 40, y: 90 })
  const shapes = [...pair({ x: 30 }), words, element('diamond', { id: 'd', y: 300 })]
  const { items } = await readLibraryFile(
    library(shapes, [words], pair({ backgroundColor: '#ffc9c9' })),
    halfWide,
  )
  const named = items.map((item, i) => ({ ...item, id: `i${i}`, name: `Note ${i}` }))
  const saved = libraryFile(named, 1, halfWide)
  expect(saved.name).toBe('Library.excalidrawlib')
  expect(saved.left).toBe('')
  const again = await readLibraryFile(new File([saved.file], saved.name), halfWide)
  expect(again.items.map(({ name }) => name)).toEqual(named.map(({ name }) => name))
  const plain = (shapes: (typeof items)[number]['shapes']) =>
    shapes.map(({ type, pos }) => [type, pos.map(Math.round)])
  expect(again.items.map(({ shapes }) => plain(shapes))).toEqual(items.map(({ shapes }) => plain(shapes)))
})

test('images are left out of a file, which is told, and so is an item that is nothing else', async () => {
  const image = makeShape('image', {
    ...{ id: 'i', z: 'a0', pos: [0, 0], size: [9, 9], natural: [9, 9] },
    asset: 'a'.repeat(64),
  } as never)
  const box = makeShape('rectangle', { id: 'b', z: 'a1', pos: [0, 0], size: [9, 9] })
  const saved = libraryFile(
    [
      { id: '1', name: 'Both/all', shapes: [image, box] },
      { id: '2', name: 'Picture', shapes: [image] },
    ],
    1,
    halfWide,
  )
  expect(saved.left).toBe('2 images were left out: these files hold none.')
  const { items } = await readLibraryFile(new File([saved.file], saved.name), halfWide)
  expect(items.map(({ name, shapes }) => [name, shapes.length])).toEqual([['Both/all', 1]])
})
