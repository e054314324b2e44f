import { byKey, checkFolder, checkKey, checkPrefix } from './object-key.ts'
import type { ObjectStore } from './object-store.ts'

/** A store that forgets everything with its process: for simulations, and for suites that are not about storage. */
export function memoryStore(): ObjectStore {
  const objects = new Map<string, Uint8Array>()

  return {
    async put(key, content) {
      objects.set(checkKey(key), content.slice())
    },
    async putIfAbsent(key, content) {
      if (objects.has(checkKey(key))) return false
      objects.set(key, content.slice())
      return true
    },
    async replace(key, expected, content) {
      const present = objects.get(checkKey(key))
      if (!present || !equalBytes(present, expected)) return false
      objects.set(key, content.slice())
      return true
    },
    async get(key) {
      return objects.get(checkKey(key))?.slice() ?? null
    },
    async stream(key) {
      const content = objects.get(checkKey(key))
      return content ? { bytes: content.length, content: inOnePiece(content) } : null
    },
    async list(prefix) {
      checkPrefix(prefix)
      return [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { length }]) => ({ key, bytes: length }))
        .sort(byKey)
    },
    async folders(prefix) {
      checkFolder(prefix)
      const below = [...objects.keys()]
        .filter(key => key.startsWith(prefix))
        .map(key => key.slice(prefix.length))
      return [
        ...new Set(below.filter(key => key.includes('/')).map(key => key.slice(0, key.indexOf('/')))),
      ].sort()
    },
    async remove(keys) {
      for (const key of keys.map(checkKey)) objects.delete(key)
    },
    probe: async () => undefined,
    close: async () => undefined,
  }
}

async function* inOnePiece(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content.slice()
}

const equalBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
