import { CREDENTIAL_PREFIX, SCHEMA_PREFIX, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import type { Target } from './target.ts'
import { yWebsocket } from './y-websocket.ts'

/** Driftboard's relay: y-websocket's protocol, keys, and the news of what is on its disk. */
export const driftboard: Target = {
  ...yWebsocket,
  name: 'driftboard',
  tellsSafe: true,
  hasKeys: true,
  address: (url, board) => `${url}/sync/${board}`,
  offers: credential => [
    SUBPROTOCOL,
    `${SCHEMA_PREFIX}${SCHEMA_VERSION}`,
    ...(credential === null ? [] : [`${CREDENTIAL_PREFIX}${credential}`]),
  ],
}
