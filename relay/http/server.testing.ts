import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server as NodeServer,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { WebSocket } from 'ws'
import type { Endpoint, Socket, UpgradeRequest } from './server.ts'

export const HOST = '127.0.0.1'

/** Bytes that the recording endpoint takes in one message. */
export const MAX_PAYLOAD = 64 * 1024

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

/** Sends bytes on a plain connection, `then` after the first answer, and waits until it is closed. */
export function rawExchange(port: number, first: string, then?: Buffer): Promise<void> {
  return new Promise(resolve => {
    const stream = connect(port, HOST, () => stream.write(first, () => !then && stream.destroy()))
    stream.once('data', () => then && stream.write(then))
    stream.on('error', () => undefined)
    stream.on('close', () => resolve())
    stream.resume()
  })
}

/** Sends bytes on a plain connection and resets it at once, so that what is answered meets a dead socket. */
export function resetAfter(port: number, bytes: string): Promise<void> {
  return new Promise(resolve => {
    const stream = connect(port, HOST, () => {
      stream.write(bytes)
      setImmediate(() => stream.resetAndDestroy())
    })
    stream.on('error', () => undefined)
    stream.on('close', () => resolve())
  })
}

interface Served {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A request whose path is not tidied on the way, as `fetch` would. */
export function fetchRaw(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Served> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: HOST, port, method, path, headers }, response => {
      let body = ''
      response.on('data', chunk => {
        body += String(chunk)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    request.on('error', reject)
    request.end()
  })
}
