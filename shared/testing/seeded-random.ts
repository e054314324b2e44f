import type { Random } from '../util/random.ts'

const FRACTION = 1 / 0x1_0000_0000

/** A generator that a seed replays. Source: mulberry32 by Tommy Ettinger, public domain. Never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  function word(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    bytes: length => Uint8Array.from({ length }, () => word() & 255),
    next: () => word() * FRACTION,
  }
}
