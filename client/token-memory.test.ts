import { expect, test } from 'vitest'
import { seededRandom } from '../shared/testing/seeded-random.ts'
import { tabTokens } from './token-memory.ts'
import { memoryKeychain } from './vault/keychain.ts'

const BOARD = 'AAAAAAAAAAAAAAAAAAAAAA'
const TOKEN = { text: 'eyJhbGciOiJIUzI1NiJ9.secret', role: 'editor' } as const

/** What a tab keeps; the parts of a Storage that are used. */
function tabStorage() {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  return { kept, storage: () => storage as unknown as Storage }
}

test('a token is there again for the same board and keys, and nothing of it can be read where it is kept', () => {
  const { sealer } = memoryKeychain(seededRandom(1))
  const { kept, storage } = tabStorage()
  tabTokens(sealer, storage).write(BOARD, TOKEN)
  expect(tabTokens(sealer, storage).read(BOARD)).toEqual(TOKEN)
  expect([...kept.values()].join()).not.toMatch(/secret|editor/)
  tabTokens(sealer, storage).write(BOARD, null)
  expect(kept.size).toBe(0)
})

test('what other keys sealed, or an earlier version kept, counts as no token', () => {
  const { kept, storage } = tabStorage()
  tabTokens(memoryKeychain(seededRandom(1)).sealer, storage).write(BOARD, TOKEN)
  expect(tabTokens(memoryKeychain(seededRandom(2)).sealer, storage).read(BOARD)).toBeNull()
  kept.set(`token:${BOARD}`, JSON.stringify(TOKEN))
  expect(tabTokens(memoryKeychain(seededRandom(1)).sealer, storage).read(BOARD)).toBeNull()
})

test('without keys nothing is kept', () => {
  const { kept, storage } = tabStorage()
  tabTokens(null, storage).write(BOARD, TOKEN)
  expect(kept.size).toBe(0)
})
