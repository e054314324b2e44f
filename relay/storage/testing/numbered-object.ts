/** Bytes: large enough that a kill meets a write half done. */
const LENGTH = 200_000

/** An object that a reader can check: its content follows from its number. */
export const objectOf = (number: number): { key: string; content: Uint8Array } => ({
  key: `boards/board-${number % 5}/snapshots/${number}`,
  content: new Uint8Array(LENGTH).fill(number % 251),
})
