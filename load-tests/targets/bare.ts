import { FrameReader } from '../../shared/protocol/bytes.ts'
import { decodeFrame } from '../../shared/protocol/frame.ts'
import type { Heard, Target } from './target.ts'
import { heardIn, yWebsocket } from './y-websocket.ts'

/** Before several frames that the server has put together. No frame of y-websocket starts so. */
export const BUNDLE = 120

/**
 * A server that reads nothing and keeps nothing: what one client says goes to all, several frames in one message. What it
 * costs is the least that fan-out can cost.
 */
export const bare: Target = {
  ...yWebsocket,
  name: 'bare',
  keepsDocuments: false,
  decode(message): Heard {
    if (message[0] !== BUNDLE) return heardIn(decodeFrame(message, Number.MAX_SAFE_INTEGER))
    const reader = new FrameReader(message.subarray(1))
    const updates: Uint8Array[] = []
    while (reader.left > 0) {
      const frame = decodeFrame(reader.varBytes('a frame'), Number.MAX_SAFE_INTEGER)
      if (frame.type === 'update' || frame.type === 'syncStep2') updates.push(frame.update)
    }
    return { type: 'changes', updates }
  },
}
