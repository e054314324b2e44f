const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='

/** Bits that one character of base64 stands for. */
const CHARACTER_BITS = 6
/** Codes that are no entries: a new character of 8 bits, one of 16 bits, and the end. */
const BYTE = 0
const WIDE = 1
const END = 2

/** UTF-16 code units. What is beyond could fill the memory of a tab. */
const MOST = 100 * 2 ** 20

/**
 * The text that lz-string has packed as base64; undefined when it is none. LZW, whose codes grow as the dictionary does, with the least
 * bit of each first.
 */
export function unpackLz(packed: string): string | undefined {
  const bits = bitsOf(packed)
  const dictionary: string[] = ['', '', '']
  const parts: string[] = []
  let width = 2
  let room = 1
  let before = ''
  let length = 0
  for (;;) {
    let code = bits.read(width)
    if (code === END || bits.isOver) return code === END && !bits.isOver ? parts.join('') : undefined
    if (code === BYTE || code === WIDE) {
      dictionary.push(String.fromCharCode(bits.read(code === BYTE ? 8 : 16)))
      code = dictionary.length - 1
      room -= 1
      if (room === 0) room = 2 ** width++
    }
    const isNext = code === dictionary.length && before !== ''
    const entry = isNext ? before + before.charAt(0) : dictionary[code]
    if (entry === undefined || entry === '') return undefined
    parts.push(entry)
    length += entry.length
    if (length > MOST) return undefined
    if (before !== '') {
      dictionary.push(before + entry.charAt(0))
      room -= 1
      if (room === 0) room = 2 ** width++
    }
    before = entry
  }
}

function bitsOf(packed: string) {
  let at = 0
  return {
    /** Whether more was read than there is. */
    get isOver() {
      return at > packed.length * CHARACTER_BITS
    },
    read(count: number): number {
      let value = 0
      for (let i = 0; i < count; i++, at++) {
        const character = ALPHABET.indexOf(packed[Math.floor(at / CHARACTER_BITS)] ?? '=')
        const bit = (character >> (CHARACTER_BITS - 1 - (at % CHARACTER_BITS))) & 1
        value += bit * 2 ** i
      }
      return value
    },
  }
}
