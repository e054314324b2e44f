import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { newOwnerKey } from '../../../shared/protocol/keys.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { newId } from '../../../shared/util/ids.ts'
import { FileError } from '../error.ts'
import { type ArchivedBoard, hashOf, MANIFEST, MOST } from './format.ts'
import { archiveName, isArchive } from './kind.ts'
import { readArchive } from './read.ts'
import { ArchiveWriter } from './write.ts'

const random = seededRandom(7)

const boardWith = (given: Partial<ArchivedBoard> = {}): ArchivedBoard => ({
  title: 'Plans',
  document: Uint8Array.of(1, 2, 3),
  images: new Map(),
  identity: null,
  ...given,
})

const imagesOf = (...contents: readonly Uint8Array[]) =>
  new Map(contents.map(bytes => [hashOf(bytes), bytes]))

async function packed(...boards: readonly ArchivedBoard[]): Promise<Uint8Array> {
  const writer = new ArchiveWriter()
  for (const board of boards) writer.add(board)
  return new Uint8Array(await writer.finish().arrayBuffer())
}

const read = (bytes: Uint8Array) => readArchive('mine.driftboard', bytes)

/** Everything that a file holds. */
function opened(bytes: Uint8Array): readonly ArchivedBoard[] {
  const archive = read(bytes)
  return archive.boards.map((_, i) => archive.board(i))
}

/** What opening a file says, when it says anything. */
function said(bytes: Uint8Array): string {
  try {
    opened(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(FileError)
    return (error as FileError).message
  }
  return ''
}

/** A file whose manifest was changed by hand. */
async function withManifest(change: (manifest: Record<string, unknown>) => unknown): Promise<Uint8Array> {
  const files = unzipSync(await packed(boardWith()))
  const manifest = JSON.parse(new TextDecoder().decode(files[MANIFEST])) as Record<string, unknown>
  return zipSync({ ...files, [MANIFEST]: strToU8(JSON.stringify(change(manifest))) })
}

describe('what is packed is unpacked as it was', () => {
  const arbitraryBoard = fc.record({
    title: fc.string({ unit: 'grapheme', maxLength: 20 }),
    document: fc.uint8Array({ maxLength: 3_000 }),
    images: fc
      .array(fc.uint8Array({ minLength: 1, maxLength: 500 }), { maxLength: 3 })
      .map(each => imagesOf(...each)),
    identity: fc.option(
      fc.record({
        id: fc.constant(newId(random)),
        keys: fc.array(fc.constant(newOwnerKey(random).text), { maxLength: 2 }),
        epoch: fc.nat(),
        openedAt: fc.nat(),
      }),
    ),
  })

  test('for any boards, with the images that they share', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryBoard, { minLength: 1, maxLength: 6 }), async boards => {
        expect(opened(await packed(...boards))).toEqual(boards)
      }),
      { numRuns: 25 },
    )
  })

  test('an image that many boards show is in the file once', async () => {
    const photo = random.bytes(20_000)
    const one = await packed(boardWith({ images: imagesOf(photo) }))
    const three = await packed(...Array.from({ length: 3 }, () => boardWith({ images: imagesOf(photo) })))
    expect(three.length).toBeLessThan(one.length + 2_000)
  })

  test('a shape library, with images that a board shows too; a file without one has an empty library', async () => {
    const photo = random.bytes(300) as Uint8Array<ArrayBuffer>
    const hash = hashOf(photo)
    const item = { id: 'item-1', name: 'Server', order: 5, text: '{"a":1}', images: { [hash]: photo } }
    const writer = new ArchiveWriter()
    writer.add(boardWith({ images: imagesOf(photo) }))
    writer.addLibrary([item, { ...item, id: 'item-2', images: {} }])
    const bytes = new Uint8Array(await writer.finish().arrayBuffer())
    expect(read(bytes).library()).toEqual([item, { ...item, id: 'item-2', images: {} }])
    expect(read(await packed(boardWith())).library()).toEqual([])
    const files = unzipSync(bytes)
    const { [`images/${hash}`]: _, ...without } = files
    const said = (broken: Record<string, Uint8Array>) => () => read(zipSync(broken)).library()
    expect(said({ ...files, 'library.json': strToU8('[]') })).toThrow('(At library.json.)')
    expect(said(without)).toThrow(`images/${hash}`)
  })

  test('a file that holds a copy has no id and no key in it', async () => {
    const manifest = new TextDecoder().decode(unzipSync(await packed(boardWith()))[MANIFEST])
    expect(JSON.parse(manifest)).toEqual({
      format: 'driftboard',
      version: 1,
      boards: [
        { title: 'Plans', document: { bytes: 3, sha256: hashOf(Uint8Array.of(1, 2, 3)) }, images: [] },
      ],
    })
  })

  test('the file is known by its first bytes', async () => {
    expect(isArchive(await packed(boardWith()))).toBe(true)
    expect(isArchive(strToU8('{"type":"excalidraw"}'))).toBe(false)
    expect(isArchive(new Uint8Array())).toBe(false)
  })
})

describe('a file that is not whole is refused with a FileError that names the place', () => {
  test('cut anywhere', async () => {
    const whole = await packed(
      boardWith({ document: random.bytes(500), images: imagesOf(random.bytes(300)) }),
    )
    for (let length = 0; length < whole.length; length += 7)
      expect(said(whole.slice(0, length)), `cut to ${length}`).not.toBe('')
  })

  test('any one byte of a document or an image changed', async () => {
    const board = boardWith({ document: random.bytes(400), images: imagesOf(random.bytes(400)) })
    const whole = await packed(board)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = whole.slice()
        changed[at] = (changed[at] as number) ^ by
        // What is not refused holds the same: the byte was one of a date, or another that nobody reads.
        if (said(changed) === '') expect(opened(changed)).toEqual([board])
      }),
      { numRuns: 150 },
    )
  })

  test('a byte of a title that unpacks to another title', async () => {
    const board = boardWith({ title: 'Plans' })
    const whole = await packed(board)
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice()
      changed[at] = (changed[at] as number) ^ 1
      if (said(changed) === '') expect(opened(changed), `byte ${at}`).toEqual([board])
    }
  })

  test('a document that is missing or another', async () => {
    const files = unzipSync(await packed(boardWith()))
    const { 'boards/0.ydoc': _, ...rest } = files
    expect(said(zipSync(rest))).toContain('(At boards/0.ydoc.)')
    expect(said(zipSync({ ...files, 'boards/0.ydoc': Uint8Array.of(9, 9, 9) }))).toContain(
      '(At boards/0.ydoc.)',
    )
  })

  test('an image that is missing', async () => {
    const photo = random.bytes(50)
    const files = unzipSync(await packed(boardWith({ images: imagesOf(photo) })))
    delete files[`images/${hashOf(photo)}`]
    expect(said(zipSync(files))).toContain(`(At images/${hashOf(photo)}.)`)
  })

  test.each<[string, (manifest: Record<string, unknown>) => unknown, string]>([
    ['no list of boards', m => ({ ...m, boards: undefined }), 'manifest.json: boards'],
    ['no board', m => ({ ...m, boards: [] }), 'manifest.json: boards'],
    ['another format', m => ({ ...m, format: 'zipboard' }), 'manifest.json'],
    ['a list in its place', () => [1, 2], 'manifest.json'],
  ])('a manifest with %s', async (_, change, where) => {
    expect(said(await withManifest(change))).toContain(`(At ${where}`)
  })

  test('keys and ids that are none never reach the caller', async () => {
    const identity = { id: 'x', keys: [], epoch: 0, openedAt: 0 }
    const withIdentity = (changes: object) =>
      withManifest(m => ({
        ...m,
        boards: [{ ...(m.boards as object[])[0], identity: { ...identity, id: newId(random), ...changes } }],
      }))
    expect(said(await withIdentity({}))).toBe('')
    expect(said(await withIdentity({ id: '../../etc/passwd' }))).toContain('identity.id')
    expect(said(await withIdentity({ keys: ['o.short'] }))).toContain('identity.keys')
    expect(said(await withIdentity({ epoch: -1 }))).toContain('identity.epoch')
  })

  test('random bytes, and an archive of something else', () => {
    for (let i = 0; i < 50; i++) expect(said(random.bytes(i * 40))).toContain('damaged')
    expect(said(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toContain('not of boards')
  })
})

test('a file of a newer version says so, whatever else is in it', async () => {
  const file = await withManifest(() => ({ format: 'driftboard', version: 2, sheets: [] }))
  expect(said(file)).toContain('newer version')
})

describe('a file that would unpack to too much is refused before it does', () => {
  test('one that says so', async () => {
    const whole = await packed(boardWith({ document: new Uint8Array(5_000_000) }))
    expect(said(whole)).toBe('')
    expect(said(withSize(whole, 5_000_000, MOST.entryBytes + 1))).toContain('larger than what can be opened')
  })

  test('one that says less than it holds: no more is unpacked than it says', async () => {
    const whole = await packed(boardWith({ document: new Uint8Array(5_000_000) }))
    expect(said(withSize(whole, 5_000_000, 16))).toContain('damaged')
  })

  test('one with more entries than anybody has images', () => {
    const entries = Object.fromEntries(
      Array.from({ length: MOST.entries + 2 }, (_, i) => [`${i}`, new Uint8Array()]),
    )
    expect(said(zipSync(entries, { level: 0 }))).toContain('larger than what can be opened')
  })

  test('one that lists a file twice', async () => {
    const bytes = await packed(boardWith(), boardWith())
    const twice = replaced(bytes, [...strToU8('boards/1.ydoc')], [...strToU8('boards/0.ydoc')])
    expect(said(twice)).toContain('(At boards/0.ydoc.)')
  })
})

test.each([
  ['Plans', 'Plans.driftboard'],
  ['', 'Untitled board.driftboard'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.driftboard'],
  ['../../secret', 'secret.driftboard'],
  ['évé 日本 🦦', 'évé 日本 🦦.driftboard'],
  ['\u202egnp.exe', 'gnp.exe.driftboard'],
  ['x'.repeat(200), `${'x'.repeat(80)}.driftboard`],
])('a board with the title %j is saved as %j', (title, name) => {
  expect(archiveName(title)).toBe(name)
})

/** An archive that gives another size wherever it gives `size`. */
const withSize = (bytes: Uint8Array, size: number, other: number): Uint8Array =>
  replaced(bytes, littleEndian(size), littleEndian(other))

const littleEndian = (n: number): readonly number[] => [...new Uint8Array(Uint32Array.of(n).buffer)]

/** The bytes with each run like `from` replaced. */
function replaced(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const out = bytes.slice()
  let found = 0
  for (let i = 0; i + from.length <= out.length; i++) {
    if (!from.every((byte, j) => out[i + j] === byte)) continue
    out.set(to, i)
    found++
  }
  expect(found).toBeGreaterThan(0)
  return out
}
