import { createServer, type IncomingMessage, type Server as NodeServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { CLOSE } from '../../shared/protocol/close.ts'
import { Topics } from '../room/topics.ts'
import {
  closeReason,
  type Endpoint,
  type HttpResponse,
  IDLE_SECONDS,
  offeredProtocols,
  portTaken,
  type Server,
  type ServerParts,
  type Socket,
  type SocketHandler,
  STOPPING,
} from './server.ts'

/** ms between pings; who has not answered the last one by the next is gone. */
const PING_EVERY = (IDLE_SECONDS * 1000) / 2

/** ms for clients to answer a close frame before their sockets are destroyed. */
const LINGER = 1_000

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
export function wsServer({ endpoints, respond }: ServerParts): Server {
  const topics = new Topics()
  const sockets = new Set<WsSocket>()
  const server = createServer((request, response) => {
    request.resume()
    answer(request, response, respond(httpRequest(request)))
  })
  const acceptors = endpoints.map(endpoint => acceptor(endpoint, topics, sockets))
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Node hands the stream over without listeners; an error before ws takes it would end the process.
    stream.on('error', ignore)
    const accept = acceptors.find(({ matches }) => matches(pathOf(request)))
    if (accept) accept.upgrade(request, stream, head)
    else stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
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
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void
}

function acceptor(endpoint: Endpoint, topics: Topics, sockets: Set<WsSocket>): Acceptor {
  const selected = new WeakMap<IncomingMessage, string>()
  const acceptSocket = new WebSocketServer({
    noServer: true,
    maxPayload: endpoint.maxPayload,
    perMessageDeflate: false,
    handleProtocols: (_offered, request) => selected.get(request) || false,
  })
  const beginning = endpoint.pattern.endsWith('*') ? endpoint.pattern.slice(0, -1) : null
  return {
    matches: path => (beginning === null ? path === endpoint.pattern : path.startsWith(beginning)),
    upgrade(request, stream, head) {
      const [, query = ''] = (request.url ?? '').split('?')
      const protocols = offeredProtocols(request.headers['sec-websocket-protocol'] ?? '')
      endpoint.upgrade({ path: pathOf(request), query, protocols }).then(
        ({ protocol, connect }) => {
          selected.set(request, protocol)
          stream.off('error', ignore)
          acceptSocket.handleUpgrade(request, stream, head, native => {
            attach(native, stream as NetSocket, new WsSocket(native, topics), connect, sockets)
          })
        },
        () => stream.end('HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\n\r\n'),
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

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? ''

function httpRequest(request: IncomingMessage) {
  const encoding = request.headers['accept-encoding']
  return {
    method: request.method ?? 'GET',
    path: pathOf(request),
    acceptEncoding: Array.isArray(encoding) ? encoding.join(',') : (encoding ?? ''),
    ifNoneMatch: request.headers['if-none-match'] ?? '',
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
