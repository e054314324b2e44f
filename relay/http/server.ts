import type { Fanout, RoomSocket } from '../room/seams.ts'
import type { ObjectStream } from '../storage/object-store.ts'

/** One WebSocket of any endpoint. Calls after it has closed do nothing. */
export interface Socket extends RoomSocket {
  /** Text becomes a text message, bytes a binary one. Never drops. */
  send(message: Uint8Array | string): void
}

/** What an endpoint does with one socket. */
export interface SocketHandler {
  /** The bytes are the handler's own. */
  message(message: Uint8Array | string): void
  /** The socket's buffer has shrunk. */
  drained(): void
  /** Called once, whoever closed the socket. Nothing follows. */
  closed(): void
}

export interface UpgradeRequest {
  path: string
  /** Subprotocols that the client offers, in its order. */
  protocols: readonly string[]
  header: Headers
  /** Of the client: the peer's own, or what the proxies say that TRUST_PROXY names. */
  address: string
}

/** The header of a name in lower case, several of one name joined by commas; empty when there is none. */
export type Headers = (name: string) => string

/** What becomes of a request for a WebSocket. One of the two is called, once. */
export interface Upgrade {
  /** The subprotocol to select, one of those offered; empty for none. */
  protocol: string
  connect(socket: Socket): SocketHandler
  /** The client went away while it was decided on, or does not speak WebSocket after all. */
  abandoned(): void
}

export interface Endpoint {
  /** A path, or a path's beginning followed by an asterisk. */
  pattern: string
  /** Bytes. A longer message closes the socket without a code of ours: keep it above the endpoint's own limit. */
  maxPayload: number
  /** Every socket is upgraded, so that a browser can read the close code of one that is refused. */
  upgrade(request: UpgradeRequest): Promise<Upgrade>
}

export interface HttpRequest {
  method: string
  /** As it came, without the query. */
  path: string
  /** Without the question mark. */
  query: string
  header: Headers
  address: string
  /** What is sent, piece by piece, no faster than it is read. Throws ClientGone when the client goes before its end. */
  body: AsyncIterable<Uint8Array>
}

export interface HttpResponse {
  status: number
  /** Without content-length, which the adapter adds. */
  headers: Readonly<Record<string, string>>
  /** A stream that fails, or is not as long as it said, ends the connection, so that nobody takes a part for the whole. */
  body: Uint8Array | ObjectStream
}

/** Whether the `X-Forwarded-For` header of a proxy with this address is believed. */
export type TrustedProxy = (address: string) => boolean

/** Files in PEM. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface ServerParts {
  endpoints: readonly Endpoint[]
  /** A rejection is answered with 500. A response that comes before the end of the request's body leaves its rest unread. */
  respond(request: HttpRequest): HttpResponse | Promise<HttpResponse>
  /** Null: plain HTTP. */
  tls: TlsFiles | null
  trustedProxy: TrustedProxy
}

/**
 * HTTP and WebSockets on one port. There are two adapters and one contract suite. Who connects and says nothing, or does
 * not finish the head of a request, or takes nothing of what is sent, is disconnected after seconds.
 */
export interface Server extends Fanout {
  readonly adapter: 'uWebSockets.js' | 'ws'
  /** Sockets that are open. */
  readonly sockets: number
  /** Resolves to the port, which is the one asked for unless that was 0. Rejects in words for the operator. */
  listen(host: string, port: number): Promise<number>
  /** Takes no more connections; those that are open stay. */
  stopListening(): void
  /** Closes every socket with 1001, and the server with them. */
  stop(): Promise<void>
}

/** Seconds without a sign of life after which a socket is closed. Pings go out before, so only the dead are. */
export const IDLE_SECONDS = 60

/** Answers a request whose route failed: no details, which could help an attacker only. */
export const FAILED: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: Buffer.from('The relay failed to answer that. Its log says why.\n'),
}

/** Statuses whose answers have no body, and no length of one either. */
export const isBodyless = (status: number): boolean => status === 204 || status === 304

/** Why the relay closes everybody when it stops. */
export const STOPPING = 'The relay is stopping.'

/** Bytes of UTF-8 that a close frame has room for. */
const MAX_REASON = 123

/** A reason cut to what a close frame takes, never inside a character. */
export function closeReason(reason: string): string {
  const bytes = Buffer.from(reason)
  if (bytes.length <= MAX_REASON) return reason
  let end = MAX_REASON
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end)
}

/** The words for a port that cannot be had. */
export function portTaken(host: string, port: number, detail: string): Error {
  return new Error(
    `PORT: cannot listen on ${host}:${port} (${detail}). Stop what uses the port, or set PORT to another one; HOST must be an address of this machine.`,
  )
}

/** The subprotocols in a `Sec-WebSocket-Protocol` header. */
export const offeredProtocols = (header: string): string[] =>
  header
    .split(',')
    .map(offer => offer.trim())
    .filter(offer => offer !== '')
