import { FrameReader, FrameWriter } from '../../shared/protocol/bytes.ts'
import type { Heard, Said, Target } from './target.ts'
import { OTHER } from './y-websocket.ts'

/** Second field of a message, after the name of the document: Hocuspocus's MessageType. */
const TYPE = { sync: 0, awareness: 1, auth: 2, syncReply: 4, syncStatus: 8 } as const

/** As in y-protocols. */
const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** Of an auth message: the client's token, and the server's word that it will do. */
const AUTH = { token: 0, authenticated: 2 } as const

/** Hocuspocus 4: y-websocket's protocol under the name of the document, and an answer for each change. */
export const hocuspocus: Target = {
  name: 'hocuspocus',
  tellsSafe: true,
  keepsDocuments: true,
  hasKeys: false,
  address: url => url,
  offers: () => [],
  greeting: (board, credential) =>
    begin(board, TYPE.auth)
      .varUint(AUTH.token)
      .varString(credential ?? '')
      .finish(),
  encode,
  decode,
}

const begin = (board: string, type: number): FrameWriter => new FrameWriter().varString(board).varUint(type)

function encode(board: string, said: Said): Uint8Array {
  switch (said.type) {
    case 'asks':
      return begin(board, TYPE.sync).varUint(SYNC.step1).varBytes(said.stateVector).finish()
    case 'answer':
      return begin(board, TYPE.sync).varUint(SYNC.step2).varBytes(said.update).finish()
    case 'change':
      return begin(board, TYPE.sync).varUint(SYNC.update).varBytes(said.update).finish()
    case 'presence':
      return begin(board, TYPE.awareness).varBytes(said.update).finish()
  }
}

function decode(message: Uint8Array): Heard {
  const reader = new FrameReader(message)
  reader.varBytes('the name of the document')
  switch (reader.varUint('the type')) {
    case TYPE.sync:
    case TYPE.syncReply:
      return readSync(reader)
    case TYPE.awareness:
      return { type: 'presence', update: reader.varBytes('the presence') }
    case TYPE.auth:
      return reader.varUint('the kind of answer') === AUTH.authenticated ? { type: 'welcome' } : OTHER
    case TYPE.syncStatus:
      return { type: 'safe', frames: reader.varUint('whether it was taken'), more: true }
    default:
      return OTHER
  }
}

function readSync(reader: FrameReader): Heard {
  switch (reader.varUint('the type of sync')) {
    case SYNC.step1:
      return { type: 'asks', stateVector: reader.varBytes('the state vector') }
    case SYNC.step2:
      return { type: 'answer', update: reader.varBytes('the update') }
    case SYNC.update:
      return { type: 'changes', updates: [reader.varBytes('the update')] }
    default:
      return OTHER
  }
}
