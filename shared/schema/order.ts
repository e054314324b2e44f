import { generateKeyBetween } from 'fractional-indexing'

/** What takes part in the total order of a board: the fractional index key, then the id. */
export interface Ordered {
  readonly id: string
  readonly z: string
}

/** The total order in which shapes are painted. Two shapes may share a key; the id decides. */
export function compareOrder(a: Ordered, b: Ordered): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** Whether `key` is a fractional index key that others can be generated around. */
export function isOrderKey(key: string): boolean {
  try {
    generateKeyBetween(key, null)
    return true
  } catch {
    return false
  }
}

/**
 * A key above `below` and under `above`; null stands for the end of the list. Two people may have
 * written equal keys, between which nothing fits: then the key goes above both.
 */
export function keyBetween(below: string | null, above: string | null): string {
  return generateKeyBetween(below, below !== null && above !== null && below >= above ? null : above)
}

/** `count` ascending keys above `below`. */
export function keysAbove(below: string | null, count: number): readonly string[] {
  const keys: string[] = []
  let last = below
  for (let i = 0; i < count; i++) {
    last = keyBetween(last, null)
    keys.push(last)
  }
  return keys
}
