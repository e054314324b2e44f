/** Whole numbers as bytes: seven bits in each, the lowest first, and a set high bit where another byte follows. */

/** What is left to read of some bytes. */
export interface ByteReader {
  readonly bytes: Uint8Array
  at: number
}

/** Small numbers of either sign as small numbers without one. */
export const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n)
export const unzigzag = (n: number): number => (n % 2 === 1 ? -(n + 1) / 2 : n / 2)

export function writeVarint(out: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

/** Undefined where the bytes end, and for a number of more than 42 bits. */
export function readVarint(reader: ByteReader): number | undefined {
  let value = 0
  // Six groups of seven bits hold every coordinate the schema allows at the finest precision.
  for (let unit = 1; unit <= 2 ** 35; unit *= 128) {
    const byte = reader.bytes[reader.at++]
    if (byte === undefined) return undefined
    value += (byte & 127) * unit
    if (byte < 128) return value
  }
  return undefined
}
