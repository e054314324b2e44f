import { FrameReader, FrameWriter } from './bytes.ts'
import { CLOSE } from './close.ts'
import { ProtocolError } from './error.ts'
import { type Hello, parseHello } from './hello.ts'

/** The WebSocket subprotocol of a Driftboard client. Without it the relay speaks plain y-websocket only. */
export const SUBPROTOCOL = 'driftboard.v1'

/** As SUBPROTOCOL, of a client that takes a whole board as a `state`. */
export const STATE_SUBPROTOCOL = 'driftboard.v2'

/** The subprotocols of Driftboard clients, best first. */
export const OUR_SUBPROTOCOLS: readonly string[] = [STATE_SUBPROTOCOL, SUBPROTOCOL]

/** For a stock client that presents a credential: browsers want one of the protocols that they offered selected. */
export const STOCK_SUBPROTOCOL = 'y-sync'

/** The WebSocket subprotocol of the signalling for direct links. */
export const SIGNAL_SUBPROTOCOL = 'driftboard.signal'

/** An offered subprotocol that starts so carries the key or token: in a URL it would end up in logs. Never selected. */
export const CREDENTIAL_PREFIX = 'auth.'

/** An offered subprotocol that starts so says which version of the schema the client writes. Never selected. */
export const SCHEMA_PREFIX = 'schema.'

/** The version of the schema that a client says to write; 1 for one that says none, as the first clients did. */
export function schemaIn(offers: readonly string[]): number {
  const said = offers.find(offer => offer.startsWith(SCHEMA_PREFIX))?.slice(SCHEMA_PREFIX.length)
  return said !== undefined && /^[1-9]\d{0,8}$/.test(said) ? Number(said) : 1
}

/** First varuint of a frame. 0, 1 and 3 are y-websocket's; ours start at 100, far from what it may yet take. */
const TYPE = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  hello: 100,
  ack: 101,
  rejected: 102,
  snapshotted: 103,
  state: 104,
} as const

/** Second varuint of a sync frame, as in y-protocols. */
const SYNC = { step1: 0, step2: 1, update: 2 } as const

export type Frame =
  | { type: 'syncStep1'; stateVector: Uint8Array }
  | { type: 'syncStep2'; update: Uint8Array }
  | { type: 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'queryAwareness' }
  | { type: 'hello'; hello: Hello }
  | { type: 'ack'; frames: number; stateVector: Uint8Array }
  /** `where` names the place in the document, such as `shapes/<id>/pos`; empty when the reason is no place. */
  | { type: 'rejected'; code: number; reason: string; where: string }
  /** As `ack`, of what is in a stored snapshot. */
  | { type: 'snapshotted'; frames: number; stateVector: Uint8Array }
  /**
   * All of a board, for who has nothing of it: an update in Yjs's encoding V2, which is smaller and sooner read. With a `size` other
   * than 0 it is deflated (RFC 1951), and has that many bytes when it is not.
   */
  | { type: 'state'; size: number; content: Uint8Array }

/**
 * Reads one frame. Byte fields are views into `bytes`. Throws only ProtocolError: `tooLarge` when there are more
 * than `maxBytes`, else `malformed`.
 */
export function decodeFrame(bytes: Uint8Array, maxBytes: number): Frame {
  if (bytes.length > maxBytes) {
    throw new ProtocolError(CLOSE.tooLarge, `A frame has ${bytes.length} bytes; the limit is ${maxBytes}.`)
  }
  const reader = new FrameReader(bytes)
  const frame = readFrame(reader)
  reader.end()
  return frame
}

function readFrame(reader: FrameReader): Frame {
  const type = reader.varUint('the frame type')
  switch (type) {
    case TYPE.sync:
      return readSync(reader)
    case TYPE.awareness:
      return { type: 'awareness', update: reader.varBytes('the awareness update') }
    case TYPE.queryAwareness:
      return { type: 'queryAwareness' }
    case TYPE.hello:
      return { type: 'hello', hello: parseHello(reader.varString('the hello')) }
    case TYPE.ack:
      return {
        type: 'ack',
        frames: reader.varUint('the count of frames'),
        stateVector: reader.varBytes('the durable state vector'),
      }
    case TYPE.rejected:
      return {
        type: 'rejected',
        code: reader.varUint('the code'),
        reason: reader.varString('the reason'),
        where: reader.varString('the place'),
      }
    case TYPE.snapshotted:
      return {
        type: 'snapshotted',
        frames: reader.varUint('the count of frames'),
        stateVector: reader.varBytes('the state vector of the snapshot'),
      }
    case TYPE.state:
      return {
        type: 'state',
        size: reader.varUint('the size of the state'),
        content: reader.varBytes('the state'),
      }
    default:
      throw new ProtocolError(CLOSE.malformed, `Frame type ${type} is unknown.`)
  }
}

function readSync(reader: FrameReader): Frame {
  const subtype = reader.varUint('the sync type')
  switch (subtype) {
    case SYNC.step1:
      return { type: 'syncStep1', stateVector: reader.varBytes('the state vector') }
    case SYNC.step2:
      return { type: 'syncStep2', update: reader.varBytes('the update') }
    case SYNC.update:
      return { type: 'update', update: reader.varBytes('the update') }
    default:
      throw new ProtocolError(CLOSE.malformed, `Sync type ${subtype} is unknown.`)
  }
}

/** Writes one frame; `decodeFrame` reads it back equal. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const writer = new FrameWriter()
  switch (frame.type) {
    case 'syncStep1':
      return writer.varUint(TYPE.sync).varUint(SYNC.step1).varBytes(frame.stateVector).finish()
    case 'syncStep2':
      return writer.varUint(TYPE.sync).varUint(SYNC.step2).varBytes(frame.update).finish()
    case 'update':
      return writer.varUint(TYPE.sync).varUint(SYNC.update).varBytes(frame.update).finish()
    case 'awareness':
      return writer.varUint(TYPE.awareness).varBytes(frame.update).finish()
    case 'queryAwareness':
      return writer.varUint(TYPE.queryAwareness).finish()
    case 'hello':
      return writer.varUint(TYPE.hello).varString(JSON.stringify(frame.hello)).finish()
    case 'ack':
      return writer.varUint(TYPE.ack).varUint(frame.frames).varBytes(frame.stateVector).finish()
    case 'rejected':
      return writer
        .varUint(TYPE.rejected)
        .varUint(frame.code)
        .varString(frame.reason)
        .varString(frame.where)
        .finish()
    case 'snapshotted':
      return writer.varUint(TYPE.snapshotted).varUint(frame.frames).varBytes(frame.stateVector).finish()
    case 'state':
      return writer.varUint(TYPE.state).varUint(frame.size).varBytes(frame.content).finish()
  }
}
