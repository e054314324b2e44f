import type { Random } from './random.ts'

/** Bytes. 128 bits cannot be guessed, nor met twice by chance. */
const ID_BYTES = 16

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const BOARD_ID = /^[A-Za-z0-9_-]{16,64}$/

/** Base64url without padding: 16 bytes become 22 characters. */
function base64url(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += ALPHABET[(held >> bits) & 63]
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + ALPHABET[(held << (6 - bits)) & 63]
}

/** An unguessable id, good for a board, a shape or a comment. Made offline. */
export const newId = (random: Random): string => base64url(random.bytes(ID_BYTES))

/** Whether a text can be the id of a board: what the relay takes in `/sync/<id>` and the app in `/b/<id>`. */
export const isBoardId = (text: string): boolean => BOARD_ID.test(text)
