import { FrameReader, FrameWriter } from '../../shared/protocol/bytes.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frame.ts'
import { MESSAGE_BYTES_MAX } from './chunks.ts'
import { splitFrame } from './split-update.ts'

/**
 * What two peers say to each other: y-protocols' frames, and
 * - `relay`: whether the sender has the relay. Who `asks` is answered with the same, which also shows that somebody is
 *   there. `counts` says that the sender understands `got`: older versions of the app end the link at it.
 * - `got`: how many of the document messages of this link, from the first, are in the sender's document.
 */
export type PeerMessage =
  | Extract<Frame, { type: 'syncStep1' | 'syncStep2' | 'update' | 'awareness' }>
  | { type: 'relay'; up: boolean; asks: boolean; counts: boolean }
  | { type: 'got'; messages: number }

/** First varuints of messages between peers only, clear of the types of `shared/protocol`. */
const RELAY = 120
const GOT = 121

/** Bits of a `relay` message. */
const UP = 1
const ASKS = 2
const COUNTS = 4

export function encodePeerMessage(message: PeerMessage): Uint8Array<ArrayBuffer> {
  const writer = new FrameWriter()
  switch (message.type) {
    case 'relay':
      return writer.varUint(RELAY).varUint(bitsOf(message)).finish()
    case 'got':
      return writer.varUint(GOT).varUint(message.messages).finish()
    default:
      return encodeFrame(message)
  }
}

/** As `encodePeerMessage`, in several where one would be more than a peer takes; null when it holds one thing that is. */
export function encodePeerMessages(message: PeerMessage): readonly Uint8Array<ArrayBuffer>[] | null {
  const bytes = encodePeerMessage(message)
  return bytes.length > MESSAGE_BYTES_MAX ? splitFrame(bytes, MESSAGE_BYTES_MAX) : [bytes]
}

/** Throws ProtocolError for whatever peers do not say. Byte fields are views into `bytes`. */
export function decodePeerMessage(bytes: Uint8Array): PeerMessage {
  if (bytes[0] === RELAY) return decodeRelay(bytes)
  if (bytes[0] === GOT) return decodeGot(bytes)
  const frame = decodeFrame(bytes, MESSAGE_BYTES_MAX)
  switch (frame.type) {
    case 'syncStep1':
    case 'syncStep2':
    case 'update':
    case 'awareness':
      return frame
    default:
      throw new ProtocolError(CLOSE.malformed, `A peer sent a frame of type ${frame.type}.`)
  }
}

function decodeRelay(bytes: Uint8Array): PeerMessage {
  const reader = new FrameReader(bytes)
  reader.varUint('the type')
  const bits = reader.varUint('whether the relay is up')
  reader.end()
  return {
    type: 'relay',
    up: (bits & UP) !== 0,
    asks: (bits & ASKS) !== 0,
    counts: (bits & COUNTS) !== 0,
  }
}

const bitsOf = ({ up, asks, counts }: Extract<PeerMessage, { type: 'relay' }>): number =>
  (up ? UP : 0) | (asks ? ASKS : 0) | (counts ? COUNTS : 0)

function decodeGot(bytes: Uint8Array): PeerMessage {
  const reader = new FrameReader(bytes)
  reader.varUint('the type')
  const messages = reader.varUint('the count of messages')
  reader.end()
  return { type: 'got', messages }
}
