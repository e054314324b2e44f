import { FrameReader, FrameWriter } from '../../shared/protocol/bytes.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frame.ts'
import { MESSAGE_BYTES_MAX } from './chunks.ts'
import { splitFrame } from './split-update.ts'

/**
 * What two peers, or two tabs, say to each other: y-protocols' frames, and whether the sender has the relay. Who `asks`
 * is answered with the same, which also shows that somebody is there.
 */
export type PeerMessage =
  | Extract<Frame, { type: 'syncStep1' | 'syncStep2' | 'update' | 'awareness' }>
  | { type: 'relay'; up: boolean; asks: boolean }

/** First varuint of a `relay` message. Between peers only, and clear of the types of `shared/protocol`. */
const RELAY = 120

/** Bits of a `relay` message. */
const UP = 1
const ASKS = 2

export function encodePeerMessage(message: PeerMessage): Uint8Array<ArrayBuffer> {
  if (message.type !== 'relay') return encodeFrame(message)
  return new FrameWriter()
    .varUint(RELAY)
    .varUint((message.up ? UP : 0) | (message.asks ? ASKS : 0))
    .finish()
}

/** As `encodePeerMessage`, in several where one would be more than a peer takes; null when it holds one thing that is. */
export function encodePeerMessages(message: PeerMessage): readonly Uint8Array<ArrayBuffer>[] | null {
  const bytes = encodePeerMessage(message)
  return bytes.length > MESSAGE_BYTES_MAX ? splitFrame(bytes, MESSAGE_BYTES_MAX) : [bytes]
}

/** Throws ProtocolError for whatever peers do not say. Byte fields are views into `bytes`. */
export function decodePeerMessage(bytes: Uint8Array): PeerMessage {
  if (bytes[0] === RELAY) return decodeRelay(bytes)
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
  return { type: 'relay', up: (bits & UP) !== 0, asks: (bits & ASKS) !== 0 }
}
