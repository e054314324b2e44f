/**
 * Messages of any size over a data channel, which silently loses what is over 256 KB. Each message travels as frames
 * of at most FRAME_BYTES on a reliable, ordered channel: one WHOLE frame, or a FIRST frame (with the length of
 * the message) and full NEXT frames. The receiver holds a sender to exactly that shape, so that memory never grows
 * beyond what has really arrived.
 */

/** Bytes. Below the 64 KB that every browser's data channel takes, header included. */
export const FRAME_BYTES = 60 * 1024

/**
 * Bytes. Five boards of 10,000 shapes, small enough to hold once per peer; a larger board travels in several. Below the
 * 16 MiB of the relay's frames, so that no peer hands over a thing that the relay would then not take from us.
 */
export const MESSAGE_BYTES_MAX = 15 * 1024 * 1024

const WHOLE = 0
const FIRST = 1
const NEXT = 2
const FIRST_HEADER = 5
const WHOLE_ROOM = FRAME_BYTES - 1
const FIRST_ROOM = FRAME_BYTES - FIRST_HEADER
const NEXT_ROOM = FRAME_BYTES - 1

/** What a peer sent is not a frame of ours, or breaks the rules above: the link must go. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame'
}

/** The frames of a message, in the order in which they must be sent. */
export function* framesOf(message: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  if (message.length > MESSAGE_BYTES_MAX) {
    throw new RangeError(`a message of ${message.length} bytes is over the ${MESSAGE_BYTES_MAX} a peer takes`)
  }
  if (message.length <= WHOLE_ROOM) {
    yield frame([WHOLE], message)
    return
  }
  const length = message.length
  const header = [FIRST, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]
  yield frame(header, message.subarray(0, FIRST_ROOM))
  for (let at = FIRST_ROOM; at < length; at += NEXT_ROOM) {
    yield frame([NEXT], message.subarray(at, at + NEXT_ROOM))
  }
}

/** Puts the frames of one channel together again. */
export class Assembler {
  #parts: Uint8Array[] = []
  #missing = 0

  /** The message that this frame completes, or null. Throws BadFrame; the assembler is of no use afterwards. */
  push(data: Uint8Array): Uint8Array | null {
    const kind = data[0]
    if (kind === WHOLE) return this.#whole(data)
    if (kind === FIRST) return this.#first(data)
    if (kind === NEXT) return this.#next(data)
    throw new BadFrame(`a frame of unknown kind ${kind ?? '(empty)'}`)
  }

  #whole(data: Uint8Array): Uint8Array {
    if (this.#missing > 0) throw new BadFrame('a whole message in the middle of another')
    if (data.length > FRAME_BYTES) throw new BadFrame(`a frame of ${data.length} bytes`)
    return data.subarray(1)
  }

  #first(data: Uint8Array): null {
    if (this.#missing > 0) throw new BadFrame('a second message before the end of the first')
    if (data.length !== FRAME_BYTES) throw new BadFrame(`a first frame of ${data.length} bytes`)
    const length = new DataView(data.buffer, data.byteOffset).getUint32(1)
    if (length <= WHOLE_ROOM || length > MESSAGE_BYTES_MAX) {
      throw new BadFrame(`a message that announces ${length} bytes`)
    }
    this.#parts = [data.slice(FIRST_HEADER)]
    this.#missing = length - FIRST_ROOM
    return null
  }

  #next(data: Uint8Array): Uint8Array | null {
    const expected = Math.min(this.#missing, NEXT_ROOM)
    if (expected === 0 || data.length - 1 !== expected) {
      throw new BadFrame(`a next frame of ${data.length - 1} bytes where ${expected} were due`)
    }
    this.#parts.push(data.slice(1))
    this.#missing -= expected
    if (this.#missing > 0) return null
    const parts = this.#parts
    this.#parts = []
    return joined(parts)
  }
}

function frame(header: readonly number[], payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(header.length + payload.length)
  bytes.set(header)
  bytes.set(payload, header.length)
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
