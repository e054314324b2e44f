import { createServer, type IncomingMessage, type Server as NodeServer, type ServerOptions } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { CLOSE } from '../../shared/protocol/close.ts'
import { Topics } from '../room/topics.ts'
import { answerRequest, headersIn, pathOf, peerOf } from './node-http.ts'
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
import { readTlsPair } from './tls.ts'

/** ms between pings; who has not answered the last one by the next is gone. */
const PING_EVERY = (IDLE_SECONDS * 1000) / 2

/** ms for clients to answer a close frame before their sockets are destroyed, when the server stops. */
const LINGER = 1_000

/** ms for the same while it runs: long enough for a slow network to bring the code of the close. */
const CLOSE_TIMEOUT = 10_000

/** How long a connection may take, in ms. uWebSockets.js has the same times built in, where it has them. */
export interface Timeouts {
  /** From the connection, or the end of the last answer, to the end of a request's head; the same for a TLS handshake. */
  readonly head: number
  /** Until the whole request has arrived: what an image takes on a slow network. */
  readonly request: number
  /** Without a byte in either direction. */
  readonly silence: number
}

const TIMEOUTS: Timeouts = { head: 10_000, request: 300_000, silence: 60_000 }

class WsSocket implements Socket {
  readonly protocol: string
  readonly #native: WebSocket
  readonly #topics: Topics
  readonly #subscribed = new Set<string>()
  #alive = true

  constructor(native: WebSocket, topics: Topics) {
    this.#native = native
    this.#topics = topics
    this.protocol = native.protocol
  }

  get buffered(): number {
    return this.#native.bufferedAmount
  }

  send(message: Uint8Array | string): void {
    if (this.#native.readyState === WebSocket.OPEN) this.#native.send(message)
  }

  subscribe(topic: string): void {
    if (this.#native.readyState !== WebSocket.OPEN) return
    this.#subscribed.add(topic)
    this.#topics.subscribe(topic, this)
  }

  unsubscribe(topic: string): void {
    this.#subscribed.delete(topic)
    this.#topics.unsubscribe(topic, this)
  }

  publish(topic: string, frame: Uint8Array): void {
    if (this.#native.readyState === WebSocket.OPEN) this.#topics.publish(topic, frame, this)
  }

  close(code: number, reason: string): void {
    this.#native.close(code, closeReason(reason))
  }

  drop(): void {
    this.destroy()
  }

  forget(): void {
    for (const topic of [...this.#subscribed]) this.unsubscribe(topic)
  }

  sawLife(): void {
    this.#alive = true
  }

  /** Destroys the socket when it has not answered since the last call. */
  ping(): void {
    if (!this.#alive) return this.destroy()
    this.#alive = false
    if (this.#native.readyState === WebSocket.OPEN) this.#native.ping()
  }

  destroy(): void {
    this.#native.terminate()
  }
}

/** Serves on Node's own HTTP server and the `ws` package: for a Node without the native build. */
export function wsServer(parts: ServerParts, timeouts = TIMEOUTS): Server {
  const topics = new Topics()
  const sockets = new Set<WsSocket>()
  const server = makeServer(parts, timeouts)
  server.on('request', (request, response) => answerRequest(request, response, parts))
  const acceptors = parts.endpoints.map(endpoint => acceptor(endpoint, parts.trustedProxy, topics, sockets))
  server.on('upgrade', (request: IncomingMessage, stream: NetSocket, head: Buffer) => {
    // Node hands the stream over without listeners; an error before ws takes it would end the process.
    stream.on('error', ignore)
    const accept = acceptors.find(({ matches }) => matches(pathOf(request)))
    if (accept) accept.upgrade(request, stream, head)
    else refuse(stream, '404 Not Found')
  })
  const pings = setInterval(() => {
    for (const socket of [...sockets]) socket.ping()
  }, PING_EVERY)
  pings.unref()

  return {
    adapter: 'ws',
    get sockets() {
      return sockets.size
    },
    listen: (host, port) => listen(server, host, port),
    publish: (topic, frame) => topics.publish(topic, frame),
    stopListening: () => void server.close(),
    async stop() {
      clearInterval(pings)
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of [...sockets]) socket.close(CLOSE.goingAway, STOPPING)
      server.closeIdleConnections()
      const force = setTimeout(() => {
        for (const socket of [...sockets]) socket.destroy()
        server.closeAllConnections()
      }, LINGER)
      await closed
      clearTimeout(force)
    },
  }
}

const ignore = () => undefined

function makeServer({ tls }: ServerParts, { head, request, silence }: Timeouts): NodeServer {
  const options: ServerOptions = {
    headersTimeout: head,
    requestTimeout: request,
    keepAliveTimeout: head,
    connectionsCheckingInterval: head / 4,
  }
  const server = tls
    ? createSecureServer({ ...options, ...readTlsPair(tls), handshakeTimeout: head })
    : createServer(options)
  server.timeout = silence
  return server
}

/** Answers who asked for a WebSocket, and lets go of the connection whether or not the client does. */
function refuse(stream: NetSocket, status: string): void {
  stream.write(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  stream.destroySoon()
}

function listen(server: NodeServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(portTaken(host, port, error.code ?? error.message)),
    )
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

interface Acceptor {
  matches(path: string): boolean
  upgrade(request: IncomingMessage, stream: NetSocket, head: Buffer): void
}

function acceptor(
  endpoint: Endpoint,
  trustedProxy: TrustedProxy,
  topics: Topics,
  sockets: Set<WsSocket>,
): Acceptor {
  const selected = new WeakMap<IncomingMessage, string>()
  // By a name: `closeTimeout` is missing from the types.
  const options = {
    noServer: true,
    maxPayload: endpoint.maxPayload,
    perMessageDeflate: false,
    closeTimeout: CLOSE_TIMEOUT,
    handleProtocols: (_offered: Set<string>, request: IncomingMessage) => selected.get(request) || false,
  }
  const acceptSocket = new WebSocketServer(options)
  const beginning = endpoint.pattern.endsWith('*') ? endpoint.pattern.slice(0, -1) : null

  /** Calls `connect` or `abandoned`, at once: ws finds out here whether the request is one for a WebSocket. */
  function accept(
    { protocol, connect, abandoned }: Upgrade,
    request: IncomingMessage,
    stream: NetSocket,
    head: Buffer,
  ) {
    let isConnected = false
    selected.set(request, protocol)
    stream.off('error', ignore)
    acceptSocket.handleUpgrade(request, stream, head, native => {
      isConnected = true
      attach(native, stream, new WsSocket(native, topics), connect, sockets)
    })
    if (!isConnected) abandoned()
  }

  return {
    matches: path => (beginning === null ? path === endpoint.pattern : path.startsWith(beginning)),
    upgrade(request, stream, head) {
      const header = headersIn(request)
      const protocols = offeredProtocols(header('sec-websocket-protocol'))
      const address = clientAddress(peerOf(request), header('x-forwarded-for'), trustedProxy)
      endpoint.upgrade({ path: pathOf(request), protocols, header, address }).then(
        upgrade => accept(upgrade, request, stream, head),
        () => refuse(stream, '500 Internal Server Error'),
      )
    },
  }
}

function attach(
  native: WebSocket,
  stream: NetSocket,
  socket: WsSocket,
  connect: (socket: Socket) => SocketHandler,
  sockets: Set<WsSocket>,
): void {
  sockets.add(socket)
  const handler = connect(socket)
  const drained = () => handler.drained()
  stream.on('drain', drained)
  native.on('message', (data: RawData, isBinary: boolean) => {
    socket.sawLife()
    handler.message(isBinary ? ownBytes(data) : data.toString())
  })
  native.on('pong', () => socket.sawLife())
  // A protocol error of the peer: ws closes the socket itself, and `close` follows.
  native.on('error', () => undefined)
  native.on('close', () => {
    stream.off('drain', drained)
    socket.forget()
    sockets.delete(socket)
    handler.closed()
  })
}

/** A copy: a Buffer of ws may be a view into a pool, and its `slice` would not copy. */
function ownBytes(data: RawData): Uint8Array {
  return Uint8Array.from(Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data))
}
