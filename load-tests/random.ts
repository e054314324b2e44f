/** Of 2^32. */
const FRACTION = 1 / 0x1_0000_0000

/**
 * A number in [0, 1) that only follows from what it is asked for, so that every process comes to the same without asking
 * another. The mixing is MurmurHash3's final step, public domain.
 */
export function unit(seed: number, ...path: readonly number[]): number {
  let mixed = seed >>> 0
  for (const step of path) mixed = mix((mixed + 0x9e3779b9 + Math.imul(step + 1, 0x85ebca6b)) >>> 0)
  return mixed * FRACTION
}

function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
