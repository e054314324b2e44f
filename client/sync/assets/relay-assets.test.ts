import { expect, test } from 'vitest'
import { hashOf, IMAGE, openApi } from '../../../relay/http/api.testing.ts'
import { fetchOf } from './relay-assets.testing.ts'
import { relayAssets } from './relay-assets.ts'

const bytes = new Uint8Array(IMAGE)
const hash = hashOf(bytes)

async function atRelay(role: 'editor' | 'viewer' | null = 'editor') {
  const api = await openApi()
  const calls: RequestInit[] = []
  const bearer = role === null ? null : api.bearer(role)
  const assets = relayAssets({
    origin: 'https://relay.example',
    boardId: api.board,
    credential: () => bearer?.authorization?.slice('Bearer '.length) ?? null,
    fetch: fetchOf(api, calls),
  })
  return { assets, calls }
}

test('an image that was sent is there with the same bytes, and an unknown one is absent', async () => {
  const { assets } = await atRelay()
  expect(await assets.get(hash)).toEqual({ at: 'absent' })
  expect(await assets.put(hash, 'image/png', bytes)).toEqual({ at: 'taken' })
  expect(await assets.put(hash, 'image/png', bytes)).toEqual({ at: 'taken' })
  expect(await assets.get(hash)).toEqual({ at: 'here', bytes })
})

test('nothing goes through the browser’s cache, which is not sealed', async () => {
  const { assets, calls } = await atRelay()
  await assets.put(hash, 'image/png', bytes)
  await assets.get(hash)
  expect(calls.map(call => call.cache)).toEqual(['no-store', 'no-store'])
})

test('what can never be taken is refused in the relay’s words', async () => {
  const { assets } = await atRelay()
  const text = new TextEncoder().encode('no image')
  expect(await assets.put(hashOf(text), 'image/png', text)).toMatchObject({
    at: 'refused',
    reason: expect.stringContaining('This is no image/png'),
  })
  const large = new Uint8Array(5_000)
  large.set(bytes)
  expect(await assets.put(hashOf(large), 'image/png', large)).toMatchObject({
    at: 'refused',
    reason: expect.stringContaining('Make the image smaller.'),
  })
})

test.each([['viewer'], [null]] as const)('what %s may not do is not refused for good', async role => {
  const { assets } = await atRelay(role)
  expect(await assets.put(hash, 'image/png', bytes)).toEqual({ at: 'failed' })
})

test('a relay that cannot be reached fails, and nothing is thrown', async () => {
  const assets = relayAssets({
    origin: 'https://relay.example',
    boardId: 'board',
    credential: () => null,
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
  })
  expect(await assets.get(hash)).toEqual({ at: 'failed' })
  expect(await assets.put(hash, 'image/png', bytes)).toEqual({ at: 'failed' })
})
