import type * as uWS from 'uWebSockets.js'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { CLOSE } from '../../shared/protocol/close.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { Turns } from '../../shared/util/turns.ts'
import { clientAddress } from './proxy.ts'
import {
  closeReason,
  type Endpoint,
  IDLE_SECONDS,
  offeredProtocols,
  portTaken,
  type Server,
  type ServerParts,
  type Socket,
  type SocketHandler,
  STOPPING,
  type TrustedProxy,
  type Upgrade,
} from './server.ts'
import { answerRequest, headersIn, peerOf } from './uws-http.ts'

/** ms for close frames to reach their clients: uWebSockets.js does not tell when a socket that it ended is gone. */
const LINGER = 100

/** Set while a socket opens. uWebSockets.js keeps a copy of the Connection that it is given, which shares this. */
interface Opening {
  begin: () => void
}

interface Upgrading {
  readonly trustedProxy: TrustedProxy
  /** A thousand who connect at the same moment hold up nobody who is connected. */
  readonly turns: Turns
}

/** What uWebSockets.js keeps for each socket. */
interface Connection {
  opening: Opening
  upgrade: Upgrade
  socket: UwsSocket | null
  handler: SocketHandler | null
}

/** `close`, and `listen` with a host, are there but missing from the types. */
type App = Omit<uWS.TemplatedApp, 'listen'> & {
  close(): void
  listen(host: string, port: number, done: (token: uWS.us_listen_socket | false) => void): void
}

type Native = uWS.WebSocket<Connection>

type NativeModule = typeof uWS

/**
 * uWebSockets.js, where this Node has its native build. Elsewhere the package throws, or warns and hands out a
 * fallback without pub/sub that one malformed frame crashes: neither is news to the operator, whom the start-up line
 * tells which adapter runs. Hence `require`: an import could be neither caught nor hushed once it is bundled.
 */
export function loadNative(): NativeModule | null {
  const warn = console.warn
  console.warn = () => undefined
  try {
    const loaded = createRequire(import.meta.url)('uWebSockets.js') as NativeModule
    return typeof loaded.SSLApp === 'function' ? loaded : null
  } catch {
    return null
  } finally {
    console.warn = warn
  }
}

class UwsSocket implements Socket {
  readonly protocol: string
  /** Null once it is closed: uWebSockets.js throws on any later use. */
  #native: Native | null

  constructor(native: Native, protocol: string) {
    this.#native = native
    this.protocol = protocol
  }

  get buffered(): number {
    return this.#native?.getBufferedAmount() ?? 0
  }

  send(message: Uint8Array | string): void {
    this.#native?.send(message, typeof message !== 'string')
  }

  subscribe(topic: string): void {
    this.#native?.subscribe(topic)
  }

  unsubscribe(topic: string): void {
    this.#native?.unsubscribe(topic)
  }

  publish(topic: string, frame: Uint8Array): void {
    this.#native?.publish(topic, frame, true)
  }

  close(code: number, reason: string): void {
    this.#native?.end(code, closeReason(reason))
  }

  drop(): void {
    this.#native?.close()
  }

  forget(): void {
    this.#native = null
  }
}

/** Serves on uWebSockets.js, without TLS. */
export function uwsServer(native: NativeModule, parts: ServerParts): Server {
  const { endpoints, tls, trustedProxy } = parts
  if (tls) throw new RangeError('uWebSockets.js does not serve TLS here: see choose.ts.')
  const app = native.App() as unknown as App
  const sockets = new Set<UwsSocket>()
  const upgrading = { trustedProxy, turns: new Turns(systemClock, () => performance.now() / 1000) }
  let listening: uWS.us_listen_socket | null = null

  for (const endpoint of endpoints)
    app.ws<Connection>(endpoint.pattern, behavior(endpoint, upgrading, sockets))
  app.any('/*', (res, req) => answerRequest(res, req, parts))

  function stopListening(): void {
    if (listening) native.us_listen_socket_close(listening)
    listening = null
  }

  return {
    adapter: 'uWebSockets.js',
    get sockets() {
      return sockets.size
    },
    async listen(host, port) {
      await checkPort(host, port)
      return new Promise((resolve, reject) => {
        app.listen(host, port, token => {
          if (!token)
            return reject(
              portTaken(host, port, 'the port is taken, or not allowed, or the address is not here'),
            )
          listening = token
          resolve(native.us_socket_local_port(token as uWS.us_socket))
        })
      })
    },
    publish: (topic, frame) => void app.publish(topic, frame, true),
    stopListening,
    async stop() {
      stopListening()
      for (const socket of [...sockets]) socket.close(CLOSE.goingAway, STOPPING)
      await new Promise(resolve => setTimeout(resolve, LINGER))
      app.close()
    },
  }
}

/** ms. A listener on this machine answers at once; a firewall that swallows the question is no listener. */
const PROBE_TIMEOUT = 500

/**
 * uWebSockets.js shares a port with another that does, and two relays would split one board's people. Its exclusive
 * mode is no help: it cannot take over the port of a relay that has just died. So ask first whether anybody answers.
 */
function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return Promise.resolve()
  const target = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return new Promise((resolve, reject) => {
    const probe = connect({ host: target, port, timeout: PROBE_TIMEOUT })
    probe.once('connect', () => {
      probe.destroy()
      reject(portTaken(host, port, 'another program listens there'))
    })
    probe.once('timeout', () => probe.destroy())
    probe.once('error', () => undefined)
    probe.once('close', () => resolve())
  })
}

function behavior(
  endpoint: Endpoint,
  upgrading: Upgrading,
  sockets: Set<UwsSocket>,
): uWS.WebSocketBehavior<Connection> {
  return {
    maxPayloadLength: endpoint.maxPayload,
    // No bound here: it would drop frames. The room watches the buffers and closes who is too slow.
    maxBackpressure: 0,
    idleTimeout: IDLE_SECONDS,
    sendPingsAutomatically: true,
    upgrade: (res, req, context) => upgrade(endpoint, upgrading, res, req, context),
    open(native) {
      const connection = native.getUserData()
      const socket = new UwsSocket(native, connection.upgrade.protocol)
      sockets.add(socket)
      connection.socket = socket
      connection.opening.begin = () => {
        native.cork(() => {
          connection.handler = connection.upgrade.connect(socket)
        })
        // Closed while it connected: `close` came before there was a handler to tell.
        if (!sockets.has(socket)) connection.handler?.closed()
      }
    },
    message(native, message, isBinary) {
      // The memory is uWebSockets.js's own and gone after this call.
      const bytes = new Uint8Array(message.slice(0))
      native.getUserData().handler?.message(isBinary ? bytes : Buffer.from(bytes).toString('utf8'))
    },
    drain: native => native.getUserData().handler?.drained(),
    close(native) {
      const { socket, handler } = native.getUserData()
      socket?.forget()
      if (socket) sockets.delete(socket)
      handler?.closed()
    },
  }
}

function upgrade(
  endpoint: Endpoint,
  { trustedProxy, turns }: Upgrading,
  res: uWS.HttpResponse,
  req: uWS.HttpRequest,
  context: uWS.us_socket_context_t,
): void {
  // `req` is gone after this call: everything is read before the first await.
  const header = headersIn(req)
  const request = {
    path: req.getUrl(),
    protocols: offeredProtocols(header('sec-websocket-protocol')),
    header,
    address: clientAddress(peerOf(res), header('x-forwarded-for'), trustedProxy),
  }
  let aborted = false
  res.onAborted(() => {
    aborted = true
  })
  const open = (accepted: Upgrade): void => {
    if (aborted) return accepted.abandoned()
    const opening: Opening = { begin: () => undefined }
    const connection: Connection = { upgrade: accepted, opening, socket: null, handler: null }
    const [key, extensions] = [header('sec-websocket-key'), header('sec-websocket-extensions')]
    // When `cork` has called back it looks at what was the HTTP request's memory, and closes the socket for flags that it
    // finds there: whatever else is done meanwhile may have put them there.
    res.cork(() => res.upgrade(connection, key, accepted.protocol, extensions, context))
    opening.begin()
  }
  endpoint.upgrade(request).then(
    accepted => turns.run(() => open(accepted)),
    () => {
      if (!aborted) res.cork(() => res.writeStatus('500 Internal Server Error').end())
    },
  )
}
