const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Bits that one character of base64 stands for. */
const CHARACTER_BITS = 6
/** By character code. */
const BITS = new Map([...ALPHABET].map((character, i) => [character.charCodeAt(0), reversed(i)]))

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
  const characters = new Set<string>()
  const parts: string[] = []
  let width = 2
  let room = 1
  let before = ''
  let length = 0
  for (;;) {
    let code = bits.read(width)
    if (code === END || bits.isOver) return code === END && !bits.isOver ? parts.join('') : undefined
    if (code === BYTE || code === WIDE) {
      const character = String.fromCharCode(bits.read(code === BYTE ? 8 : 16))
      // Each is new but once: what says otherwise nobody has packed, and would fill the dictionary to the end of the file.
      if (characters.has(character)) return undefined
      characters.add(character)
      dictionary.push(character)
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
  let held = 0
  let count = 0
  let isOver = false
  return {
    /** Whether more was read than there is: up to the end, the padding, or what is no base64. */
    get isOver() {
      return isOver
    },
    read(wanted: number): number {
      while (count < wanted) {
        const bits = BITS.get(packed.charCodeAt(at++))
        if (bits === undefined) {
          isOver = true
          return 0
        }
        held += bits * 2 ** count
        count += CHARACTER_BITS
      }
      // Not by shifts: a code and what is left of a character may be more than 32 bits.
      const value = held % 2 ** wanted
      held = (held - value) / 2 ** wanted
      count -= wanted
      return value
    },
  }
}

/** The bits of a character, the first one as the least: in that order they make a code. */
function reversed(index: number): number {
  let bits = 0
  for (let i = 0; i < CHARACTER_BITS; i++) bits += ((index >> i) & 1) << (CHARACTER_BITS - 1 - i)
  return bits
}
