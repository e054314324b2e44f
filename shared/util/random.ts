/** Randomness as a dependency, so that a seed can replay a run. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** Uniform in [0, 1). */
  next(): number
}

/** 2^-32: turns 32 random bits into a fraction. */
const FRACTION = 1 / 0x1_0000_0000

/** The platform's cryptographic generator: ids and secrets come from here. */
export const secureRandom: Random = {
  bytes: length => crypto.getRandomValues(new Uint8Array(length)),
  next() {
    const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
    return word * FRACTION
  },
}

/** A whole number in [0, below). */
export const randomInt = (random: Random, below: number): number => Math.floor(random.next() * below)
