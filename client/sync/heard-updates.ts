import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import { RelayLink } from './relay-link.ts'

/** First byte of a document frame, and what its second one is for an answer with state and for an update. */
const SYNC = 0
const STEP_1 = 0

/** The path of a board's document at the relay; signalling is elsewhere. */
const SYNC_PATH = /\/sync\//

/**
 * A WebSocket class that tells of each update (v1) as the relay sent it, before it is applied: once it is, Yjs has let go of
 * what it wrote into shapes that were removed here.
 */
export function hearingSocket(Base: typeof WebSocket, heard: (update: Uint8Array) => void): typeof WebSocket {
  return class extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      if (!SYNC_PATH.test(String(url))) return
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const update = data instanceof ArrayBuffer ? updateIn(new Uint8Array(data)) : null
        if (update) heard(update)
      })
    }
  }
}

/** The update that a frame carries; null for another frame, also for one that is no good: its reader says so. */
function updateIn(frame: Uint8Array): Uint8Array | null {
  if (frame[0] !== SYNC || frame[1] === STEP_1) return null
  try {
    const decoder = decoding.createDecoder(frame.subarray(2))
    return decoding.readVarUint8Array(decoder)
  } catch {
    return null
  }
}

/** Whether a change with that origin came in a frame of the relay. */
export const cameByRelay = (origin: unknown): boolean =>
  origin instanceof WebsocketProvider || origin instanceof RelayLink
