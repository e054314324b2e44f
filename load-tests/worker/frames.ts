/** Of RFC 6455. */
export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** First byte: the last part of a message, and what no extension may be using. */
const FINAL = 0x80
const RESERVED = 0x70

/** Second byte: whether it is masked, and the length, or that it follows in 2 or 8 bytes. */
const MASKED = 0x80
const [LENGTH_16, LENGTH_64] = [126, 127]
const MASK_BYTES = 4

/** Bytes of a header without mask, at most. */
const LONGEST_HEADER = 10

/** Bytes of one message that are taken, at most. */
const MAX_PAYLOAD = 100 * 1024 * 1024

/** Bytes that are kept from one torn message for the next. */
const KEPT = 64 * 1024

/** Not a frame that a server may send, or one that is too large. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

/** Finds the frames in what a server sends. They come as views that hold only until the call returns. */
export class FrameSplitter {
  readonly #onFrame: (opcode: number, isFinal: boolean, payload: Uint8Array) => void
  /** A frame that came in part, and the bytes of it that are there. */
  #torn = new Uint8Array(LONGEST_HEADER)
  #filled = 0

  constructor(onFrame: (opcode: number, isFinal: boolean, payload: Uint8Array) => void) {
    this.#onFrame = onFrame
  }

  /** Throws FrameError. */
  take(bytes: Uint8Array): void {
    let at = this.#filled > 0 ? this.#mend(bytes) : 0
    while (at < bytes.length) {
      const size = sizeOf(bytes, at, bytes.length)
      if (size === 0 || at + size > bytes.length) break
      this.#emit(bytes, at, size)
      at += size
    }
    if (at >= bytes.length) return
    this.#torn.set(bytes.subarray(at, at + this.#torn.length))
    this.#filled = Math.min(bytes.length - at, this.#torn.length)
    if (this.#filled < bytes.length - at) this.#mend(bytes.subarray(at + this.#filled))
  }

  /** Completes the torn frame as far as it goes. Returns how many bytes it took. */
  #mend(bytes: Uint8Array): number {
    let at = 0
    let size = sizeOf(this.#torn, 0, this.#filled)
    for (; size === 0 && at < bytes.length; size = sizeOf(this.#torn, 0, this.#filled)) {
      this.#torn[this.#filled] = bytes[at] as number
      this.#filled += 1
      at += 1
    }
    if (size === 0) return at
    if (size > this.#torn.length) {
      const larger = new Uint8Array(size)
      larger.set(this.#torn.subarray(0, this.#filled))
      this.#torn = larger
    }
    const taken = Math.min(size - this.#filled, bytes.length - at)
    this.#torn.set(bytes.subarray(at, at + taken), this.#filled)
    this.#filled += taken
    if (this.#filled === size) {
      this.#filled = 0
      this.#emit(this.#torn, 0, size)
      if (this.#torn.length > KEPT) this.#torn = new Uint8Array(LONGEST_HEADER)
    }
    return at + taken
  }

  #emit(bytes: Uint8Array, at: number, size: number): void {
    const first = bytes[at] as number
    if ((first & RESERVED) !== 0) throw new FrameError('A frame uses an extension that was not agreed on.')
    const payload = bytes.subarray(at + headerOf(bytes[at + 1] as number), at + size)
    this.#onFrame(first & 0x0f, (first & FINAL) !== 0, payload)
  }
}

/** Bytes of the frame that starts there; 0 while that cannot be told. */
function sizeOf(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return 0
  const second = bytes[at + 1] as number
  if (second >= MASKED) throw new FrameError('A server must not mask its frames.')
  const header = headerOf(second)
  if (end - at < header) return 0
  if (second < LENGTH_16) return header + second
  let length = 0
  for (let byte = at + 2; byte < at + header; byte += 1) length = length * 256 + (bytes[byte] as number)
  if (length > MAX_PAYLOAD) throw new FrameError(`A message has ${length} bytes.`)
  return header + length
}

const headerOf = (second: number): number => (second < LENGTH_16 ? 2 : second === LENGTH_16 ? 4 : 10)

/** Any number will do: frames are masked since servers ask for it. */
let mask = 0x9e3779b9

/** A whole message in one frame, masked, as clients send them. It can be made long before it is sent. */
export function clientFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const second = length < LENGTH_16 ? length : length < 0x10000 ? LENGTH_16 : LENGTH_64
  const start = headerOf(second) + MASK_BYTES
  const frame = new Uint8Array(start + length)
  frame[0] = FINAL | opcode
  frame[1] = MASKED | second
  for (let byte = start - MASK_BYTES - 1, rest = length; byte > 1; byte -= 1) {
    frame[byte] = rest % 256
    rest = Math.floor(rest / 256)
  }
  mask = Math.imul(mask, 0x85ebca6b) ^ length
  for (let byte = 0; byte < MASK_BYTES; byte += 1)
    frame[start - MASK_BYTES + byte] = (mask >>> (8 * byte)) & 255
  for (let byte = 0; byte < length; byte += 1)
    frame[start + byte] = (payload[byte] as number) ^ ((mask >>> (8 * (byte & 3))) & 255)
  return frame
}

/** Bytes of the payload of a client's frame. */
export const payloadIn = (frame: Uint8Array): number =>
  frame.length - MASK_BYTES - headerOf((frame[1] as number) & ~MASKED)
