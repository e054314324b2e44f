import type { Server, ServerParts } from './server.ts'
import { loadNative, uwsServer } from './uws.ts'
import { wsServer } from './ws.ts'

/**
 * The native server where this Node has the build for it, else the one on `ws`. TLS is always Node's own: that of
 * uWebSockets.js 20.30 closes its clients with 1006 when several megabytes pass in both directions (six clients that send
 * each other 64 KB messages do not last a second), and its libraries are as old as that build, while Node's are kept safe.
 * A proxy that ends TLS in front of the relay leaves it the native server.
 */
export function chooseServer(parts: ServerParts): Server {
  const native = loadNative()
  return native && !parts.tls ? uwsServer(native, parts) : wsServer(parts)
}
