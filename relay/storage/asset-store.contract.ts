import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AssetStore, PutResult } from './asset-store.ts'
import { objectAssets } from './object-assets.ts'
import type { StoreUnderTest } from './object-store.contract.ts'
import { pngOf, SAMPLE_NAMES, sampleImage } from './testing/images.ts'

const board = 'board-aaaaaaaaaaaa'
const limits = { assetBytes: 10_000, boardBytes: 30_000 }

const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

async function* inPieces(content: Uint8Array, size = 700): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

/** What every AssetStore promises, and what this one makes of its objects. */
export function assetStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`images in ${name}`, () => {
    let under: StoreUnderTest
    let assets: AssetStore

    beforeEach(async () => {
      under = await make()
      assets = objectAssets(under.store, limits)
    })
    afterEach(() => under.remove())

    const put = (content: Uint8Array, type = 'image/png', hash = hashOf(content)): Promise<PutResult> =>
      assets.put(board, hash, type, inPieces(content))

    async function read(hash: string): Promise<{ type: string; content: Buffer } | null> {
      const found = await assets.get(board, hash)
      if (!found) return null
      const pieces: Uint8Array[] = []
      for await (const piece of found.content) pieces.push(piece)
      const content = Buffer.concat(pieces)
      expect(found.bytes).toBe(content.length)
      return { type: found.type, content }
    }

    const keys = async (): Promise<string[]> => (await under.store.list('')).map(({ key }) => key)

    test.each(SAMPLE_NAMES)('a %s is stored under its hash and read back with its type', async sample => {
      const content = sampleImage(sample)
      const type = `image/${/png|jpeg|gif|webp|avif/.exec(sample)?.[0]}`
      expect(await put(content, type)).toEqual({ at: 'stored', type, bytes: content.length })
      expect(await read(hashOf(content))).toEqual({ type, content })
    })

    test('an image that is there already is not written, nor read, again', async () => {
      await put(pngOf(5_000))
      const twice = await assets.put(board, hashOf(pngOf(5_000)), 'image/png', neverRead())
      expect(twice).toEqual({ at: 'stored', type: 'image/png', bytes: 5_000 })
    })

    test('the declared type may be written in capitals and have parameters', async () => {
      expect(await put(pngOf(500), 'IMAGE/PNG; charset=binary')).toMatchObject({ at: 'stored' })
    })

    test('what was never stored, and what is no hash, is null', async () => {
      await under.store.put(`boards/${board}/keys`, Buffer.from('secret'))
      for (const hash of [hashOf(Buffer.of()), '', 'keys', '../keys', hashOf(Buffer.of()).toUpperCase()]) {
        expect(await assets.get(board, hash)).toBeNull()
      }
    })

    test.each<[string, string, Uint8Array, string, RegExp]>([
      [
        'with another type than declared',
        'type',
        sampleImage('gif'),
        'image/png',
        /This is image\/gif, not image\/png/,
      ],
      [
        'that is no image',
        'type',
        Buffer.from('<script>alert(1)</script>'),
        'image/png',
        /This is no image\/png/,
      ],
      ['of no content', 'type', Buffer.of(), 'image/png', /This is no image\/png/],
      ['of SVG', 'type', Buffer.from('<svg/>'), 'image/svg+xml', /SVG is not taken.*save it as PNG/],
      ['of HTML', 'type', Buffer.from('<p>'), 'text/html', /text\/html is not taken/],
      ['of no type', 'type', pngOf(500), '', /without a type/],
      ['with one byte too many', 'size', pngOf(10_001), 'image/png', /10000 bytes/],
      ['of too many pixels', 'size', sampleImage('png').fill(0x7f, 16, 24), 'image/png', /100 megapixels/],
    ])('an upload %s is refused for its %s, and nothing stays', async (_what, why, content, type, reason) => {
      const result = await put(content, type)
      expect(result).toEqual({ at: 'refused', why, reason: expect.stringMatching(reason) })
      expect(await keys()).toEqual([])
    })

    test.each([
      ['another', hashOf(Buffer.from('other')), /another SHA-256/],
      ['a short', 'abc', /SHA-256 in hex/],
      ['a dangerous', '../../keys', /SHA-256 in hex/],
    ])('an upload under %s hash is refused, and nothing stays', async (_what, hash, reason) => {
      const result = await put(pngOf(500), 'image/png', hash)
      expect(result).toEqual({ at: 'refused', why: 'hash', reason: expect.stringMatching(reason) })
      expect(await keys()).toEqual([])
    })

    test('an upload whose sender goes away rejects, and nothing stays, not even in the account', async () => {
      async function* broken(): AsyncIterable<Uint8Array> {
        yield pngOf(9_000)
        throw new Error('The client went away.')
      }
      const hash = hashOf(pngOf(9_500))
      const uploads = Array.from({ length: 5 }, () => assets.put(board, hash, 'image/png', broken()))
      const results = await Promise.allSettled(uploads)
      expect(results.some(({ status }) => status === 'rejected')).toBe(true)
      expect(await keys()).toEqual([])
      for (const fill of [1, 2, 3]) expect(await put(pngOf(10_000, fill))).toMatchObject({ at: 'stored' })
    })

    test('the quota of a board is exact for uploads at the same time, and is its own', async () => {
      const images = Array.from({ length: 8 }, (_, fill) => pngOf(7_000, fill))
      const results = await Promise.all(images.map(image => put(image)))
      expect(results.filter(({ at }) => at === 'stored')).toHaveLength(4)
      expect(await under.store.list(`boards/${board}/assets/`)).toHaveLength(4)
      const full = await put(pngOf(2_001, 99))
      expect(full).toEqual({
        at: 'refused',
        why: 'quota',
        reason: expect.stringMatching(/30000 bytes together/),
      })
      expect(await put(pngOf(2_000, 99))).toMatchObject({ at: 'stored' })
      const elsewhere = await assets.put(
        `${board}-1`,
        hashOf(pngOf(9_000)),
        'image/png',
        inPieces(pngOf(9_000)),
      )
      expect(elsewhere).toMatchObject({ at: 'stored' })
    })

    test('one image that is uploaded several times at once counts once', async () => {
      const results = await Promise.all([1, 2, 3].map(() => put(pngOf(9_000))))
      expect(results.map(({ at }) => at)).toEqual(['stored', 'stored', 'stored'])
      expect(await keys()).toHaveLength(1)
      expect(await put(pngOf(10_000, 1))).toMatchObject({ at: 'stored' })
      expect(await put(pngOf(10_000, 2))).toMatchObject({ at: 'stored' })
    })

    test('what others removed from the store may be filled again', async () => {
      for (const fill of [1, 2, 3]) await put(pngOf(10_000, fill))
      expect(await put(pngOf(10_000, 4))).toMatchObject({ why: 'quota' })
      await under.store.remove([(await keys())[0] ?? ''])
      expect(await put(pngOf(10_000, 4))).toMatchObject({ at: 'stored' })
    })

    test('an upload in pieces of one byte is put together', async () => {
      const content = pngOf(3_000, 7)
      expect(await assets.put(board, hashOf(content), 'image/png', inPieces(content, 1))).toMatchObject({
        bytes: 3_000,
      })
      expect((await read(hashOf(content)))?.content.equals(content)).toBe(true)
    })
  })
}

// biome-ignore lint/correctness/useYield: it stands for content that must not be read
async function* neverRead(): AsyncIterable<Uint8Array> {
  throw new Error('It was read.')
}
