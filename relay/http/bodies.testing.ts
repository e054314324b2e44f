import { createHash } from 'node:crypto'
import { until } from '../testing/until.ts'
import type { HttpResponse } from './server.ts'

export const MIB = 1024 * 1024

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const streamed = (bytes: number, content: AsyncIterable<Uint8Array>): HttpResponse => ({
  status: 200,
  headers: {},
  body: { bytes, content },
})

export async function hashOf(body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; hash: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of body) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, hash: hash.digest('hex') }
}

/** Bytes of which no piece looks like another. */
export function patterned(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >>> 8) * 17 + (at >>> 16)) & 255
  return bytes
}

export async function* piecesOf(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

/** The value when it has stopped growing: has been the same for many turns of the event loop and some time. */
export async function settled(value: () => number): Promise<number> {
  let last = -1
  let same = 0
  await until(() => {
    same = value() === last ? same + 1 : 0
    last = value()
    return last > 0 && same > 30
  })
  return last
}
