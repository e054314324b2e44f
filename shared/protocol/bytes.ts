import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'

/** Bytes of the longest varuint we read: 8 x 7 bits cover 2^53 - 1. */
const MAX_VARUINT_BYTES = 8

const utf8 = new TextDecoder('utf-8', { fatal: true })
const utf8Encoder = new TextEncoder()

function malformed(what: string): ProtocolError {
  return new ProtocolError(CLOSE.malformed, what)
}

/**
 * Reads lib0's encodings within bounds: it never allocates more than the frame it reads, returns views into
 * that frame, and throws nothing but ProtocolError.
 */
export class FrameReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  varUint(what: string): number {
    let value = 0
    let scale = 1
    for (let read = 0; read < MAX_VARUINT_BYTES; read += 1) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) throw malformed(`The frame ends inside ${what}.`)
      this.#at += 1
      value += (byte & 127) * scale
      if (value > Number.MAX_SAFE_INTEGER) break
      if (byte < 128) return value
      scale *= 128
    }
    throw malformed(`${what} is too large a number.`)
  }

  /** A view, not a copy: copy it before the frame's memory is reused. */
  varBytes(what: string): Uint8Array {
    const length = this.varUint(`the length of ${what}`)
    if (length > this.left) throw malformed(`${what} claims ${length} bytes but ${this.left} are left.`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  varString(what: string): string {
    try {
      return utf8.decode(this.varBytes(what))
    } catch (error) {
      if (error instanceof ProtocolError) throw error
      throw malformed(`${what} is not UTF-8.`)
    }
  }

  end(): void {
    if (this.left > 0) throw malformed(`The frame goes on for ${this.left} bytes after its end.`)
  }
}

/** Writes what FrameReader reads. Each frame is one allocation: the relay writes thousands a second. */
export class FrameWriter {
  readonly #parts: (number | Uint8Array)[] = []
  #length = 0

  varUint(value: number): this {
    this.#parts.push(value)
    this.#length += varUintBytes(value)
    return this
  }

  varBytes(bytes: Uint8Array): this {
    this.varUint(bytes.length)
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }

  varString(text: string): this {
    return this.varBytes(utf8Encoder.encode(text))
  }

  finish(): Uint8Array<ArrayBuffer> {
    const frame = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      if (typeof part === 'number') at = writeVarUint(frame, at, part)
      else {
        frame.set(part, at)
        at += part.length
      }
    }
    return frame
  }
}

function varUintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes += 1
  return bytes
}

/** Returns where the next part goes. */
function writeVarUint(frame: Uint8Array, start: number, value: number): number {
  let at = start
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) frame[at++] = (rest % 128) | 128
  frame[at] = rest
  return at + 1
}
