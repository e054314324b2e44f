import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type Server as NodeServer,
  request as plainRequest,
} from 'node:http'
import { request as secureRequest } from 'node:https'
import { type AddressInfo, connect, type Socket as NetSocket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { type ClientOptions, WebSocket } from 'ws'
import type {
  Endpoint,
  HttpRequest,
  Server,
  ServerParts,
  Socket,
  TlsFiles,
  UpgradeRequest,
} from './server.ts'

export const HOST = '127.0.0.1'

/** Bytes that the recording endpoint takes in one message. */
export const MAX_PAYLOAD = 64 * 1024

const tlsFile = (name: string): string => fileURLToPath(new URL(`./testing/tls/${name}`, import.meta.url))

export const TLS: TlsFiles = { certFile: tlsFile('cert.pem'), keyFile: tlsFile('key.pem') }

/** A key that is not that of the certificate. */
export const OTHER_KEY = tlsFile('other-key.pem')

/** What a contract runs against: one adapter, with TLS or without. */
export interface Adapter {
  readonly name: string
  readonly tls: TlsFiles | null
  make(parts: ServerParts): Server
  /** ms that a client has for the head of a request. */
  readonly headTimeout: number
}

/** A server that listens. */
export interface Target {
  readonly port: number
  readonly isSecure: boolean
}

/** Parts that serve nothing and trust nobody, but for what is given. */
export const serverParts = (tls: TlsFiles | null, parts: Partial<ServerParts> = {}): ServerParts => ({
  endpoints: [],
  respond: () => ({ status: 404, headers: {}, body: new Uint8Array() }),
  trustedProxy: () => false,
  tls,
  ...parts,
})

/** One socket as the server saw it. */
export interface Seen {
  socket: Socket
  request: UpgradeRequest
  messages: (Uint8Array | string)[]
  drains: number
  closes: number
}

/** An endpoint that notes all that happens. */
export function recordingEndpoint(seen: Seen[]): Endpoint {
  return {
    pattern: '/sync/*',
    maxPayload: MAX_PAYLOAD,
    upgrade: async request => ({
      protocol: request.protocols.find(offer => offer === 'driftboard.v1') ?? '',
      abandoned: () => undefined,
      connect(socket) {
        const saw: Seen = { socket, request, messages: [], drains: 0, closes: 0 }
        seen.push(saw)
        return {
          message: message => void saw.messages.push(message),
          drained: () => {
            saw.drains += 1
          },
          closed: () => {
            saw.closes += 1
          },
        }
      },
    }),
  }
}

export const portOf = (server: NodeServer): number => (server.address() as AddressInfo).port

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const holder = createServer()
  await new Promise<void>(resolve => holder.listen(0, HOST, resolve))
  const port = portOf(holder)
  await new Promise(resolve => holder.close(resolve))
  return port
}

/** The item at an index, which must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error(`Nothing at ${index}.`)
  return item
}

export function once(client: WebSocket, event: 'open' | 'error'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    client.once(event, resolve)
    if (event === 'open') client.once('error', reject)
  })
}

/** The messages that a client receives from now on, as text. */
export function collect(client: WebSocket): string[] {
  const heard: string[] = []
  client.on('message', (data: Buffer) => heard.push(data.toString()))
  return heard
}

export function closeOf(client: WebSocket): Promise<{ code: number; reason: string }> {
  client.on('error', () => undefined)
  return new Promise(resolve => {
    client.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
}

/** A client of the recording endpoint, or of another; it takes the certificate for a good one. */
export function webSocket(
  { port, isSecure }: Target,
  path: string,
  protocols: string[] = [],
  options: ClientOptions = {},
) {
  const scheme = isSecure ? 'wss' : 'ws'
  return new WebSocket(`${scheme}://${HOST}:${port}${path}`, protocols, { ca: caOf(isSecure), ...options })
}

/** A bare connection, on which a TLS handshake is done where there is TLS. */
export function dial(
  { port, isSecure }: Target,
  connected: () => void = () => undefined,
  options: { allowHalfOpen?: boolean } = {},
): NetSocket {
  const stream: NetSocket = isSecure
    ? connectSecurely({ port, host: HOST, ca: caOf(true), ...options }, connected)
    : connect({ port, host: HOST, ...options }, connected)
  stream.on('error', () => undefined)
  return stream
}

const caOf = (isSecure: boolean): Buffer | undefined => (isSecure ? readFileSync(TLS.certFile) : undefined)

export const closed = (stream: NetSocket): Promise<void> =>
  new Promise(resolve => stream.once('close', () => resolve()))

/** Sends bytes on a bare connection, `then` after the first answer, and waits until it is closed. */
export function rawExchange(target: Target, first: string, then?: Buffer): Promise<void> {
  const stream = dial(target, () => stream.write(first, () => !then && stream.destroy()))
  stream.once('data', () => then && stream.write(then))
  stream.resume()
  return closed(stream)
}

/** Sends bytes on a bare connection and resets it at once, so that what is answered meets a dead socket. */
export function resetAfter(target: Target, bytes: string): Promise<void> {
  const stream = dial(target, () => {
    stream.write(bytes)
    setImmediate(() => (target.isSecure ? stream.destroy() : stream.resetAndDestroy()))
  })
  return closed(stream)
}

export interface Served {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Asked {
  method?: string
  headers?: Record<string, string | string[]>
  body?: Uint8Array | string
}

/** A request whose path is not tidied on the way, as `fetch` would. Rejects when the answer breaks off. */
export function ask(
  target: Target,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Served> {
  return new Promise((resolve, reject) => {
    const send = target.isSecure ? secureRequest : plainRequest
    const options = {
      host: HOST,
      port: target.port,
      ca: caOf(target.isSecure),
      method,
      path,
      headers,
      agent: false,
    }
    const request = send(options, response => {
      const pieces: Buffer[] = []
      response.on('data', piece => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A request as an adapter would hand it on. */
export function testRequest(path: string, asked: Asked & { address?: string } = {}): HttpRequest {
  const { method = 'GET', headers = {}, body, address = '192.0.2.1' } = asked
  const [before = '', query = ''] = path.split('?')
  return {
    method,
    path: before,
    query,
    address,
    header: name => String(headers[name] ?? ''),
    body: (async function* () {
      if (body !== undefined) yield Buffer.from(body)
    })(),
  }
}
