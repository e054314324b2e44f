import { generateKeyBetween } from 'fractional-indexing'
import { LIMITS } from './limits.ts'

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

/** The library takes other characters for zeros, and would sort what it generates around them wrongly. */
const BASE_62 = /^[0-9A-Za-z]+$/

/** Whether `key` is a fractional index key that others can be generated around. */
export function isOrderKey(key: string): boolean {
  if (key.length > LIMITS.orderKeyLength || !BASE_62.test(key)) return false
  try {
    generateKeyBetween(key, null)
    return true
  } catch {
    return false
  }
}

/**
 * A key above `below` and under `above`; null stands for the end of the list. Two people may have
 * written equal keys, between which nothing fits: then the key goes above both. At the very ends of what keys can
 * say it is a neighbour's own, and the ids decide.
 */
export function keyBetween(below: string | null, above: string | null): string {
  const key = generateKeyBetween(below, below !== null && above !== null && below >= above ? null : above)
  return isOrderKey(key) ? key : (below ?? above ?? key)
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
