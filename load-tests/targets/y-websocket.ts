import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frame.ts'
import type { Heard, Said, Target } from './target.ts'

export const OTHER: Heard = { type: 'other' }

/** Any relay that speaks y-websocket's protocol, at `<url>/<board>`. */
export const yWebsocket: Target = {
  name: 'y-websocket',
  tellsSafe: false,
  keepsDocuments: true,
  hasKeys: false,
  address: (url, board) => `${url}/${board}`,
  offers: () => [],
  greeting: () => null,
  encode: (_board, said) => encodeFrame(frameOf(said)),
  decode: message => heardIn(decodeFrame(message, Number.MAX_SAFE_INTEGER)),
}

function frameOf(said: Said): Frame {
  switch (said.type) {
    case 'asks':
      return { type: 'syncStep1', stateVector: said.stateVector }
    case 'answer':
      return { type: 'syncStep2', update: said.update }
    case 'change':
      return { type: 'update', update: said.update }
    case 'presence':
      return { type: 'awareness', update: said.update }
  }
}

export function heardIn(frame: Frame): Heard {
  switch (frame.type) {
    case 'syncStep1':
      return { type: 'asks', stateVector: frame.stateVector }
    case 'syncStep2':
      return { type: 'answer', update: frame.update }
    case 'update':
      return { type: 'changes', updates: [frame.update] }
    case 'awareness':
      return { type: 'presence', update: frame.update }
    case 'ack':
      return { type: 'safe', frames: frame.frames, more: false }
    default:
      return OTHER
  }
}
