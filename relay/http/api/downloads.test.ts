import { expect, test } from 'vitest'
import type { ObjectStream } from '../../storage/object-store.ts'
import { Downloads } from './downloads.ts'

/** As large as boards get; never written to, so that it takes no memory. */
const BOARD = new Uint8Array(64 * 1024 * 1024)

const fetch = async (): Promise<Uint8Array> => BOARD

async function begin(downloads: Downloads): Promise<ObjectStream> {
  const stream = await downloads.begin(fetch)
  if (!stream || stream === 'busy') throw new Error(`It did not begin: ${stream}.`)
  return stream
}

test('a download arrives whole, in pieces', async () => {
  const content = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251)
  const stream = await new Downloads().begin(async () => content)
  if (!stream || stream === 'busy') throw new Error('It did not begin.')
  const pieces: Uint8Array[] = []
  for await (const piece of stream.content) pieces.push(piece)
  expect(pieces.length).toBeGreaterThan(1)
  expect(Buffer.concat(pieces).equals(content)).toBe(true)
  expect(stream.bytes).toBe(content.length)
})

test('no more are fetched at once than fit in memory, and others once those are', async () => {
  const downloads = new Downloads()
  let arrive = (_content: Uint8Array): void => undefined
  const arriving = new Promise<Uint8Array>(resolve => {
    arrive = resolve
  })
  const slow = Array.from({ length: 4 }, () => downloads.begin(() => arriving))
  expect(await downloads.begin(fetch)).toBe('busy')
  arrive(BOARD)
  await Promise.all(slow)
  expect(await downloads.begin(async () => null)).toBe(null)
})

test('who reads slowly holds up further downloads only until they have read, or are gone', async () => {
  const downloads = new Downloads()
  const readers = []
  for (let at = 0; at < 4; at += 1) {
    const reader = (await begin(downloads)).content[Symbol.asyncIterator]()
    await reader.next()
    readers.push(reader)
  }
  expect(await downloads.begin(fetch)).toBe('busy')
  await readers[0]?.return?.()
  const { content } = await begin(downloads)
  for await (const _ of content);
  await begin(downloads)
})

test('a fetch that fails, and a download that nobody reads, hold up nothing', async () => {
  const downloads = new Downloads()
  const fail = () => downloads.begin(() => Promise.reject(new Error('The store is away.')))
  for (let at = 0; at < 10; at += 1) await expect(fail()).rejects.toThrow('away')
  for (let at = 0; at < 10; at += 1) await begin(downloads)
})
