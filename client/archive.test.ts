import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { newOwnerKey, parseKey } from '../shared/protocol/keys.ts'
import { makeShape } from '../shared/schema/read.ts'
import { seededRandom } from '../shared/testing/seeded-random.ts'
import { systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { Notices } from './app/model/notices.ts'
import { openArchive } from './archive-open.ts'
import { saveAll, saveStoredCopy } from './archive-save.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { Library } from './board/library.ts'
import { KeptDrawings } from './board/shape-library.ts'
import { ArchiveWriter } from './files/archive/index.ts'
import { FileError } from './files/error.ts'
import { LIBRARY_NAME } from './library-items.ts'
import { purgeRemoved } from './removed-boards.ts'
import { changeStored, withStored } from './stored-board.ts'
import { sha256Hex } from './sync/assets/digest.ts'
import { ImageFiles } from './sync/assets/image-files.ts'
import { openDeviceDatabase } from './sync/device-database.ts'
import { sealedStore } from './sync/sealed-store.ts'
import { memoryKeychain } from './vault/keychain.ts'

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)

/** A device with nothing on it. */
async function newDevice(seed: number) {
  const indexedDB = new IDBFactory()
  const random = seededRandom(seed)
  const database = await openDeviceDatabase({ indexedDB, clock: systemClock })
  const keychain = memoryKeychain(random)
  return {
    clock: systemClock,
    random,
    store: sealedStore({
      database,
      indexedDB,
      keychain,
      clock: systemClock,
      random,
      onLeave: () => () => {},
    }),
    library: new Library(newDocument()),
    libraryLoaded: Promise.resolve(),
    fontsLoaded: Promise.resolve(),
  }
}

type Device = Awaited<ReturnType<typeof newDevice>>

const draw = (device: Device, id: string, ...names: readonly string[]): Promise<void> =>
  changeStored(device.store, id, doc => {
    const board = new DocBoard(doc)
    board.transact(
      names.map((name, i) => {
        const shape = makeShape('ellipse', { id: name, pos: [i, i], size: [9, 9], z: 'a0', text: name })
        return { op: 'create', shape }
      }),
    )
    board.destroy()
  })

async function newBoard(device: Device, title: string, ...names: readonly string[]): Promise<string> {
  const id = newId(device.random)
  device.library.opened(id, device.clock.now())
  device.library.keep(id, [newOwnerKey(device.random)], 0)
  device.library.rename(id, title)
  await draw(device, id, ...names)
  return id
}

const shapesOn = (device: Device, id: string): Promise<readonly string[]> =>
  withStored(device.store, id, doc => [...doc.getMap('shapes').keys()].sort())

async function bytesOf(saved: Promise<{ readonly file: Blob } | null>): Promise<Uint8Array> {
  return new Uint8Array((await (await saved)?.file.arrayBuffer()) ?? [])
}

const backupOf = (device: Device) => bytesOf(saveAll(device, () => true))

const open = (device: Device, bytes: Uint8Array) => openArchive(device, 'b.driftboard', bytes, () => {})

// A preview is drawn by a browser; what is left of one here is a warning.
vi.spyOn(console, 'warn').mockImplementation(() => {})

test('a backup gives another device the same boards: ids, keys, titles, shapes and images', async () => {
  const here = await newDevice(1)
  const first = await newBoard(here, 'First', 'a', 'b')
  await newBoard(here, 'Second')
  const hash = await sha256Hex(PNG)
  await new ImageFiles(here.store.files(first)).put(hash, PNG)
  await changeStored(here.store, first, doc => {
    const picture = makeShape('image', {
      id: 'p',
      pos: [0, 0],
      size: [2, 1],
      z: 'a1',
      asset: hash,
      natural: [2, 1],
    })
    new DocBoard(doc).transact([{ op: 'create', shape: picture }])
  })
  const there = await newDevice(2)
  const opened = await open(there, await backupOf(here))
  expect(opened.added).toHaveLength(2)
  expect(opened.merged).toEqual([])
  expect(there.library.entries).toEqual(here.library.entries)
  expect(there.library.entry(first)?.keys?.[0]?.role).toBe('owner')
  expect(await shapesOn(there, first)).toEqual(['a', 'b', 'p'])
  const images = new ImageFiles(there.store.files(first))
  expect(await images.get(hash)).toEqual(PNG)
  // The relay of the other device may never have seen it.
  expect(await images.unsent()).toEqual([hash])
})

test('a backup opened where its boards have gone on is merged: nothing is taken back, and keys found since come first', async () => {
  const device = await newDevice(3)
  const id = await newBoard(device, 'Plans', 'old', 'gone')
  const backup = await backupOf(device)
  await draw(device, id, 'new')
  await changeStored(device.store, id, doc => new DocBoard(doc).transact([{ op: 'remove', id: 'gone' }]))
  device.library.rename(id, 'Better plans')
  const owner = device.library.entry(id)?.keys ?? []
  const editor = parseKey(`e.${'A'.repeat(43)}`)
  device.library.keep(id, [...owner, ...(editor ? [editor] : [])], 5)
  const entry = device.library.entry(id)

  expect(await open(device, backup)).toEqual({ added: [], merged: [id], drawings: 0 })
  expect(await shapesOn(device, id)).toEqual(['new', 'old'])
  expect(device.library.entry(id)).toEqual(entry)
  await open(device, backup)
  expect(await shapesOn(device, id)).toEqual(['new', 'old'])
})

test('a backup brings the shape library along: what is there already stays as it is, what is no image is left out', async () => {
  const here = await newDevice(11)
  await newBoard(here, 'Plans', 'a')
  const hash = await sha256Hex(PNG)
  const noImage = Uint8Array.of(1, 2, 3)
  const images = { [hash]: PNG, [await sha256Hex(noImage)]: noImage }
  const item = (id: string, name: string) => ({ id, name, order: 1, text: `text of ${id}`, images: {} })
  const keep = (device: Device, ...items: readonly ReturnType<typeof item>[]) =>
    changeStored(device.store, LIBRARY_NAME, doc => new KeptDrawings(doc).add(items))
  await keep(here, { ...item('i1', 'Server'), images }, item('i2', 'Client'), item('i3', 'Disk'))
  const backup = await backupOf(here)

  const there = await newDevice(12)
  await keep(there, item('i2', 'Renamed'), { ...item('own', 'Own'), text: 'text of i3' })
  expect((await open(there, backup)).drawings).toBe(1)
  expect((await open(there, backup)).drawings).toBe(0)
  const kept = await withStored(there.store, LIBRARY_NAME, doc => new KeptDrawings(doc).all)
  expect(kept.map(({ name }) => name).sort()).toEqual(['Own', 'Renamed', 'Server'])
  expect(kept.find(({ id }) => id === 'i1')?.images).toEqual({ [hash]: PNG })
})

test('a copy becomes another board each time it is opened, with an owner of its own and nothing of the first one’s keys', async () => {
  const here = await newDevice(4)
  const id = await newBoard(here, 'Plans', 'a')
  await changeStored(here.store, id, doc => new DocBoard(doc).transact([{ op: 'title', title: 'Plans' }]))
  const copy = await bytesOf(saveStoredCopy(here, id))
  const there = await newDevice(5)
  const [first] = (await open(there, copy)).added
  const [second] = (await open(there, copy)).added
  const ids = new Set([id, first, second])
  expect(ids.size).toBe(3)
  const ownerKeys = [...there.library.entries, ...here.library.entries].map(({ keys }) => keys?.[0]?.text)
  expect(new Set(ownerKeys).size).toBe(3)
  expect(there.library.entries.map(({ title }) => title)).toEqual(['Plans', 'Plans'])
  expect(await shapesOn(there, first ?? '')).toEqual(['a'])
})

test('a file with one board that the relay would refuse changes nothing, and says which board', async () => {
  const device = await newDevice(6)
  const id = await newBoard(device, 'Mine', 'a')
  const bad = new Y.Doc()
  bad.getMap('shapes').set('x', new Y.Map([['type', 'rectangle']]))
  const good = new Y.Doc()
  new DocBoard(good).transact([{ op: 'title', title: 'Good' }])
  const writer = new ArchiveWriter()
  for (const [title, doc] of [
    ['Good', good],
    ['Bad', bad],
  ] as const)
    writer.add({ title, document: Y.encodeStateAsUpdateV2(doc), images: new Map(), identity: null })
  const file = new Uint8Array(await writer.finish().arrayBuffer())

  const failure = await open(device, file).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(FileError)
  expect((failure as FileError).where).toMatch(/^board 2, "Bad", shapes\/x/)
  expect(device.library.entries.map(entry => entry.id)).toEqual([id])
  expect(await shapesOn(device, id)).toEqual(['a'])
})

test('a board that was put off the list comes back with a backup', async () => {
  const device = await newDevice(7)
  const id = await newBoard(device, 'Plans', 'a')
  const backup = await backupOf(device)
  device.library.remove(id)
  await device.store.delete(id)
  await open(device, backup)
  expect(device.library.entries.map(entry => entry.id)).toEqual([id])
  expect(await shapesOn(device, id)).toEqual(['a'])
})

test('a board that a start is about to delete for good stays, when that start opens its backup', async () => {
  const device = await newDevice(10)
  const id = await newBoard(device, 'Plans', 'a')
  const backup = await backupOf(device)
  device.library.remove(id)
  let purged: Promise<void> | undefined
  const open: Device['store']['open'] = (doc, name) => {
    const stored = device.store.open(doc, name)
    const close = stored.close.bind(stored)
    return Object.assign(stored, {
      async close() {
        await close()
        purged ??= purgeRemoved({ ...device, notices: new Notices(device.clock) }, undefined)
      },
    })
  }
  await openArchive({ ...device, store: { ...device.store, open } }, 'b.driftboard', backup, () => {})
  await purged
  expect(device.library.entries.map(entry => entry.id)).toEqual([id])
  expect(await shapesOn(device, id)).toEqual(['a'])
})

test('a backup that is stopped gives no file', async () => {
  const device = await newDevice(8)
  await newBoard(device, 'One')
  await newBoard(device, 'Two')
  expect(await saveAll(device, done => done < 1)).toBeNull()
})

test('a board that would be refused is saved as far as it can be read, and comes back beside the one that is here', async () => {
  const device = await newDevice(9)
  const id = await newBoard(device, 'Odd', 'a')
  await changeStored(device.store, id, doc => {
    doc.getMap('shapes').set('x', new Y.Map([['type', 'hologram']]))
  })
  const saved = await saveAll(device, () => true)
  expect(saved).toMatchObject({ images: 0, shapes: 1 })
  const [other = ''] = (
    await open(device, new Uint8Array(await (saved as { file: Blob }).file.arrayBuffer()))
  ).added
  expect(await shapesOn(device, other)).toEqual(['a'])
  expect(await shapesOn(device, id)).toEqual(['a', 'x'])
})
