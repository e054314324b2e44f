import { type Adapter, TLS } from './server.testing.ts'
import { loadNative, uwsServer } from './uws.ts'
import { wsServer } from './ws.ts'

/** ms, of which the one for heads is short enough to wait for it. */
const TIMEOUTS = { head: 5_000, request: 300_000, silence: 60_000 }

const ws: Omit<Adapter, 'name' | 'tls'> = {
  make: parts => wsServer(parts, TIMEOUTS),
  headTimeout: TIMEOUTS.head,
}

/** Every way to serve that this Node has. */
export const ADAPTERS: readonly Adapter[] = [
  { ...ws, name: 'ws', tls: null },
  { ...ws, name: 'ws with TLS', tls: TLS },
  ...nativeAdapters(),
]

function nativeAdapters(): Adapter[] {
  const native = loadNative()
  // Its own 10 s, which nothing can change, counted in steps of 4 s.
  const headTimeout = 14_000
  if (native)
    return [{ name: 'uWebSockets.js', tls: null, make: parts => uwsServer(native, parts), headTimeout }]
  const { node } = process.versions
  console.info(`Skipped: the uWebSockets.js adapter, since Node ${node} has no native build of it.`)
  return []
}
