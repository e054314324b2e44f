import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ObjectStore } from './object-store.ts'

export interface StoreUnderTest {
  store: ObjectStore
  remove(): Promise<void>
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function textAt(store: ObjectStore, key: string): Promise<string | null> {
  const content = await store.get(key)
  return content && new TextDecoder().decode(content)
}

async function streamed(store: ObjectStore, key: string): Promise<Buffer | null> {
  const found = await store.stream(key)
  if (!found) return null
  const pieces: Uint8Array[] = []
  for await (const piece of found.content) pieces.push(piece)
  const content = Buffer.concat(pieces)
  expect(found.bytes).toBe(content.length)
  return content
}

/** What every ObjectStore promises. */
export function objectStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an object store`, () => {
    let under: StoreUnderTest
    let store: ObjectStore

    beforeEach(async () => {
      under = await make()
      store = under.store
    })
    afterEach(() => under.remove())

    test('what was put is read back, whole or piece by piece', async () => {
      const content = Uint8Array.from({ length: 1_500_000 }, (_, at) => at * 7)
      await store.put('boards/a/snapshots/one', content)
      expect(Buffer.compare((await store.get('boards/a/snapshots/one')) ?? Buffer.of(), content)).toBe(0)
      expect((await streamed(store, 'boards/a/snapshots/one'))?.equals(content)).toBe(true)
    })

    test('an empty object is there', async () => {
      await store.put('empty', new Uint8Array())
      expect(await store.get('empty')).toEqual(new Uint8Array())
      expect(await streamed(store, 'empty')).toHaveLength(0)
      expect(await store.list('')).toEqual([{ key: 'empty', bytes: 0 }])
    })

    test('what was never put is null, also where it would be a folder', async () => {
      await store.put('boards/a/keys', bytes('x'))
      for (const key of ['nothing', 'boards/a', 'boards/a/key', 'boards/a/keys/more', 'boards/b/keys']) {
        expect(await store.get(key)).toBeNull()
        expect(await store.stream(key)).toBeNull()
      }
    })

    test('putting again replaces, with a shorter content too', async () => {
      await store.put('a/b', bytes('the first and longer'))
      await store.put('a/b', bytes('second'))
      expect(await textAt(store, 'a/b')).toBe('second')
    })

    test('a stream that nobody reads, or not to its end, holds up nothing', async () => {
      await store.put('a/b', new Uint8Array(400_000))
      const leave = async (at: number): Promise<void> => {
        const found = await store.stream('a/b')
        if (at % 2 === 0) return
        for await (const piece of found?.content ?? []) {
          expect(piece.length).toBeGreaterThan(0)
          break
        }
      }
      // More than a pool of sockets holds.
      await Promise.all(Array.from({ length: 120 }, (_, at) => leave(at)))
      expect(await streamed(store, 'a/b')).toHaveLength(400_000)
    })

    test('an object is written if absent once, and stays as it was', async () => {
      expect(await store.putIfAbsent('a/keys', bytes('first'))).toBe(true)
      expect(await store.putIfAbsent('a/keys', bytes('second'))).toBe(false)
      expect(await textAt(store, 'a/keys')).toBe('first')
    })

    test('of several that write if absent at once exactly one wins', async () => {
      const texts = Array.from({ length: 6 }, (_, at) => `writer ${at}`)
      const won = await Promise.all(texts.map(text => store.putIfAbsent('a/keys', bytes(text))))
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await textAt(store, 'a/keys')).toBe(texts[won.indexOf(true)])
    })

    test('replacing needs the expected content to be there still', async () => {
      expect(await store.replace('a/keys', bytes('one'), bytes('two'))).toBe(false)
      expect(await store.get('a/keys')).toBeNull()
      await store.put('a/keys', bytes('one'))
      expect(await store.replace('a/keys', bytes('one'), bytes('two'))).toBe(true)
      expect(await store.replace('a/keys', bytes('one'), bytes('three'))).toBe(false)
      expect(await textAt(store, 'a/keys')).toBe('two')
    })

    test('of several that replace at once exactly one wins', async () => {
      await store.put('a/keys', bytes('start'))
      const texts = Array.from({ length: 6 }, (_, at) => `writer ${at}`)
      const won = await Promise.all(texts.map(text => store.replace('a/keys', bytes('start'), bytes(text))))
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await textAt(store, 'a/keys')).toBe(texts[won.indexOf(true)])
    })

    test('a list holds the keys that start with the prefix, ordered by their bytes, with their sizes', async () => {
      for (const key of ['b/x-1/k', 'b/x/k', 'b/x.1/k', 'b/X/k', 'b/y', 'c']) await store.put(key, bytes(key))
      const listed = async (prefix: string) => (await store.list(prefix)).map(({ key }) => key)
      expect(await listed('')).toEqual(['b/X/k', 'b/x-1/k', 'b/x.1/k', 'b/x/k', 'b/y', 'c'])
      expect(await listed('b/x')).toEqual(['b/x-1/k', 'b/x.1/k', 'b/x/k'])
      expect(await listed('b/x/')).toEqual(['b/x/k'])
      expect(await listed('b/x/k')).toEqual(['b/x/k'])
      expect(await listed('d')).toEqual([])
      expect(await listed('c/')).toEqual([])
      expect(await store.list('b/y')).toEqual([{ key: 'b/y', bytes: 3 }])
    })

    test('folders are the distinct first segments below a prefix', async () => {
      for (const key of [
        'boards/a/keys',
        'boards/a/assets/x',
        'boards/a-b/keys',
        'boards/loose',
        'other/c/keys',
      ]) {
        await store.put(key, bytes(key))
      }
      expect(await store.folders('boards/')).toEqual(['a', 'a-b'])
      expect(await store.folders('boards/a/')).toEqual(['assets'])
      expect(await store.folders('')).toEqual(['boards', 'other'])
      expect(await store.folders('none/')).toEqual([])
    })

    test('what was removed is gone from everywhere, and removing it again is no error', async () => {
      await store.put('boards/a/keys', bytes('x'))
      await store.put('boards/b/keys', bytes('x'))
      await store.remove(['boards/a/keys', 'boards/a/never', 'boards/c/keys'])
      await store.remove(['boards/a/keys'])
      await store.remove([])
      expect(await store.get('boards/a/keys')).toBeNull()
      expect(await store.folders('boards/')).toEqual(['b'])
      expect(await store.list('')).toEqual([{ key: 'boards/b/keys', bytes: 1 }])
    })

    test('removing the last object of a folder while others are put there loses none', async () => {
      await Promise.all(
        Array.from({ length: 40 }, async (_, at) => {
          await store.put(`boards/a/snapshots/${at}`, bytes('x'))
          if (at % 2 === 0) await store.remove([`boards/a/snapshots/${at}`])
        }),
      )
      expect(await store.list('boards/a/')).toHaveLength(20)
    })

    test.each([
      '',
      '/a',
      'a/',
      'a//b',
      '..',
      '../a',
      'a/../b',
      'a/.b',
      '.a',
      'a\\b',
      'a b',
      'a\0',
      'ä',
      'x'.repeat(600),
    ])('%j is refused as a key, whatever is done with it', async key => {
      const some = bytes('x')
      await expect(store.put(key, some)).rejects.toThrow(RangeError)
      await expect(store.putIfAbsent(key, some)).rejects.toThrow(RangeError)
      await expect(store.replace(key, some, some)).rejects.toThrow(RangeError)
      await expect(store.get(key)).rejects.toThrow(RangeError)
      await expect(store.stream(key)).rejects.toThrow(RangeError)
      await expect(store.remove([key])).rejects.toThrow(RangeError)
    })

    test.each(['/', '../', 'a//', './', 'a/../'])('%j is refused as a prefix', async prefix => {
      await expect(store.list(prefix)).rejects.toThrow(RangeError)
      await expect(store.folders(prefix)).rejects.toThrow(RangeError)
    })

    test('folders of what is no folder is a mistake of the caller', async () => {
      await expect(store.folders('boards')).rejects.toThrow(RangeError)
    })

    test('a probe resolves and leaves nothing', async () => {
      await Promise.all([store.probe(), store.probe()])
      expect(await store.list('')).toEqual([])
    })
  })
}
