import type { Server, ServerParts } from './server.ts'
import { loadNative, uwsServer } from './uws.ts'
import { wsServer } from './ws.ts'

/** The native server where this Node has the build for it, else the one on `ws`. */
export function chooseServer(parts: ServerParts): Server {
  const native = loadNative()
  return native ? uwsServer(native, parts) : wsServer(parts)
}
