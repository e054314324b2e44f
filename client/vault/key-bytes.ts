/** Bytes of every key: AES-256. */
export const KEY_BYTES = 32
