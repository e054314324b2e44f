import type { Server, ServerParts } from '../http/server.ts'
import { loadNative, uwsServer } from '../http/uws.ts'
import { wsServer } from '../http/ws.ts'

export type Serve = (parts: ServerParts) => Server

const native = loadNative()

/** The servers that this Node can run, each with its name. */
export const adapters: readonly (readonly [Server['adapter'], Serve])[] = native
  ? [
      ['uWebSockets.js', parts => uwsServer(native, parts)],
      ['ws', parts => wsServer(parts)],
    ]
  : [['ws', parts => wsServer(parts)]]

if (!native) console.info('Skipped: the relay on uWebSockets.js, since this Node has no native build of it.')
