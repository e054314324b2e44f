/** Bytes at either end that are hashed; the rest is compared. */
const HASHED = 24

/** Messages of one generation. Two are kept. */
const GENERATION = 4096

/** FNV-1a, 32 bits. */
const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193

/**
 * What was made of messages that came before. A relay sends the same bytes to all readers of a room: they are read once.
 */
export class Interned<T> {
  #young = new Map<number, { bytes: Uint8Array; made: T }>()
  #old = new Map<number, { bytes: Uint8Array; made: T }>()

  /** What was made of the same bytes, or is made now, of a copy. */
  get(bytes: Uint8Array, make: (bytes: Uint8Array) => T): T {
    const key = hashOf(bytes)
    const known = this.#young.get(key) ?? this.#old.get(key)
    if (known && isSame(known.bytes, bytes)) return known.made
    const copy = Uint8Array.prototype.slice.call(bytes)
    const made = make(copy)
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, { bytes: copy, made })
    return made
  }
}

/** Much faster than a loop for what a relay sends. */
export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a, b) === 0

function hashOf(bytes: Uint8Array): number {
  let hash = OFFSET_BASIS ^ bytes.length
  const { length } = bytes
  const head = Math.min(HASHED, length)
  for (let at = 0; at < head; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), PRIME)
  for (let at = Math.max(head, length - HASHED); at < length; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] as number), PRIME)
  }
  return hash
}
