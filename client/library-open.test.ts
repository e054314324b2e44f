import { afterEach, expect, test } from 'vitest'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { seededRandom } from '../shared/testing/seeded-random.ts'
import { Notices } from './app/model/notices.ts'
import { box, Rig } from './editor/testing/rig.ts'
import { element } from './files/testing.ts'
import { type LibraryParts, OpenLibrary } from './library-open.ts'
import { StorageFailure } from './sync/indexeddb-failure.ts'
import { memoryStore } from './sync/sealed-store.ts'
import { UnderWay } from './under-way.ts'

const opened: OpenLibrary[] = []

afterEach(() => {
  for (const library of opened.splice(0)) library.close()
})

function open(rig: Rig, images = new Map<string, Uint8Array<ArrayBuffer>>()) {
  const notices = new Notices(fakeClock())
  const parts = {
    device: {
      ...{ notices, clock: fakeClock(), fontsLoaded: Promise.resolve(), random: seededRandom(1) },
      ...{ store: memoryStore(new StorageFailure('unavailable')), underWay: new UnderWay() },
    },
    images: { assets: { get: async (hash: string) => images.get(hash) ?? null, put: async () => 'hash' } },
    editor: () => rig.editor,
  }
  const library = new OpenLibrary(parts as unknown as LibraryParts)
  opened.push(library)
  const told = () => notices.list.map(({ text }) => text)
  const undo = () => notices.list.at(-1)?.action?.run()
  return { library, told, undo }
}

const names = (library: OpenLibrary) => library.items.map(({ name }) => name)

test('an item is put on the board with ids of its own, its arrow held by its own shapes, as one undo step', async () => {
  const rig = new Rig(
    box('a', { text: 'From', groups: ['g'] }),
    box('b', { pos: [300, 0], z: 'a1', groups: ['g'] }),
  )
  rig.editor.use('arrow')
  rig.drag([50, 25], [350, 25])
  rig.editor.run('select-all')
  const { library } = open(rig)
  const id = await library.addSelection()
  expect(names(library)).toEqual(['From'])
  expect(library.items[0]?.words).toBe('From')
  await library.insert(id as string, [1_000, 1_000])
  expect(rig.shapes).toHaveLength(6)
  const [from, to] = rig.shapes.filter(({ type }) => type === 'rectangle').slice(2)
  const arrow = rig.shapes.findLast(({ type }) => type === 'arrow')
  expect(arrow).toMatchObject({ start: [from?.id, 0.5, 0.5], end: [to?.id, 0.5, 0.5] })
  expect(from?.groups).toEqual(to?.groups)
  expect(from?.groups).not.toEqual(['g'])
  expect(from?.pos).toEqual([800, 975])
  expect(rig.selection).toEqual([from?.id, to?.id, arrow?.id].sort())
  rig.editor.undo()
  expect(rig.shapes).toHaveLength(3)
})

test('the same is not kept twice, a name can be changed, and what is removed can be had back', async () => {
  const rig = new Rig(box('a', { text: 'One' }))
  rig.editor.select(['a'])
  const { library, told, undo } = open(rig)
  const id = (await library.addSelection()) as string
  expect(await library.addSelection()).toBeUndefined()
  expect(told().at(-1)).toBe('The library has this already.')
  library.rename(id, '  Other ')
  expect(names(library)).toEqual(['Other'])
  library.remove(id)
  expect(names(library)).toEqual([])
  undo()
  expect(names(library)).toEqual(['Other'])
})

test('a file adds its items at once, which can be taken back; one that is no library changes nothing', async () => {
  const rig = new Rig()
  const { library, told, undo } = open(rig)
  const item = (name: string, type: string) => ({ id: name, name, elements: [element(type)] })
  const libraryItems = [item('First', 'rectangle'), item('', 'diamond')]
  const text = JSON.stringify({ type: 'excalidrawlib', version: 2, libraryItems })
  await library.importFiles([new File([text], 'mine.excalidrawlib'), new File(['words'], 'words.txt')])
  expect(names(library)).toEqual(['First', 'Diamond'])
  expect(told()[0]).toBe('2 items were added from mine.excalidrawlib.')
  expect(told()[1]).toContain('words.txt')
  await library.importFiles([new File([text], 'again.excalidrawlib')])
  expect(told().at(-1)).toBe('2 items were there already.')
  const more = JSON.stringify({ type: 'excalidrawlib', library: [[element('ellipse')]] })
  await library.importFiles([new File([more], 'more.excalidrawlib')])
  expect(names(library)).toEqual(['Ellipse', 'First', 'Diamond'])
  undo()
  expect(names(library)).toEqual(['First', 'Diamond'])
})

test('a read-only board takes nothing and says why, and what is on it can still be kept', async () => {
  const rig = new Rig(box('a'))
  rig.board.lock('You may only look at this board.')
  rig.editor.select(['a'])
  const { library, told } = open(rig)
  const id = (await library.addSelection()) as string
  await library.insert(id)
  expect(rig.shapes).toHaveLength(1)
  expect(told().at(-1)).toBe('Nothing can be added here. You may only look at this board.')
})
