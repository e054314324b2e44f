import { inflateRawSync } from 'node:zlib'
import * as Y from 'yjs'
import {
  CREDENTIAL_PREFIX,
  decodeFrame,
  OUR_SUBPROTOCOLS,
  SCHEMA_PREFIX,
} from '../../shared/protocol/frame.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import type { Heard, Target } from './target.ts'
import { heardIn, yWebsocket } from './y-websocket.ts'

/** Driftboard's relay: y-websocket's protocol, keys, whole boards deflated, and the news of what is on its disk. */
export const driftboard: Target = {
  ...yWebsocket,
  name: 'driftboard',
  tellsSafe: true,
  hasKeys: true,
  address: (url, board) => `${url}/sync/${board}`,
  offers: credential => [
    ...OUR_SUBPROTOCOLS,
    `${SCHEMA_PREFIX}${SCHEMA_VERSION}`,
    ...(credential === null ? [] : [`${CREDENTIAL_PREFIX}${credential}`]),
  ],
  decode: hear,
}

/** The last whole board: a crowd that comes at once gets the same bytes, and reading them takes longer than all else here. */
let last: { readonly content: Uint8Array; readonly update: Uint8Array } | null = null

function hear(message: Uint8Array): Heard {
  const frame = decodeFrame(message, Number.MAX_SAFE_INTEGER)
  if (frame.type !== 'state') return heardIn(frame)
  const { content, size } = frame
  if (!last || Buffer.compare(last.content, content) !== 0) {
    const state = size === 0 ? content : inflateRawSync(content)
    // A copy: the message is a view into what the socket read.
    last = { content: content.slice(), update: Y.convertUpdateFormatV2ToV1(state) }
  }
  return { type: 'answer', update: last.update }
}
