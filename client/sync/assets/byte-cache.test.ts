import { expect, test } from 'vitest'
import { ByteCache } from './byte-cache.ts'

const bytes = (length: number) => new Uint8Array(length)

test('what was not asked for the longest goes first, and the bytes are counted right', () => {
  const cache = new ByteCache(100)
  cache.set('a', bytes(40))
  cache.set('b', bytes(40))
  cache.get('a')
  cache.set('c', bytes(40))
  expect([cache.get('a'), cache.get('b'), cache.get('c')].map(held => held?.length)).toEqual([
    40,
    undefined,
    40,
  ])
  cache.set('c', bytes(10))
  expect(cache.bytes).toBe(50)
})

test('what is pinned stays beyond the limit, until it is let go', () => {
  const cache = new ByteCache(100)
  cache.pin('only here', bytes(90))
  cache.set('elsewhere too', bytes(90))
  expect(cache.get('only here')).toBeDefined()
  expect(cache.get('elsewhere too')).toBeUndefined()
  cache.pin('large', bytes(400))
  expect(cache.bytes).toBe(490)
  cache.unpin('large')
  expect(cache.bytes).toBe(90)
})
