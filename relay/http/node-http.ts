import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ObjectStream } from '../storage/object-store.ts'
import { Incoming } from './incoming.ts'
import { sendPieces } from './outgoing.ts'
import { clientAddress } from './proxy.ts'
import { FAILED, type Headers, type HttpResponse, isBodyless, type ServerParts } from './server.ts'

/** ms for a client to end a request that was answered before its end. To cut it off at once could cost it the answer. */
const LINGER = 10_000

export const headersIn =
  ({ headersDistinct }: IncomingMessage): Headers =>
  name =>
    headersDistinct[name]?.join(', ') ?? ''

export const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? ''

/** Empty for a client that is gone already. */
export const peerOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? ''

/** Answers a request when its route has an answer. */
export function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { respond, trustedProxy }: Pick<ServerParts, 'respond' | 'trustedProxy'>,
): void {
  const header = headersIn(request)
  const path = pathOf(request)
  const body = bodyOf(request)
  void Promise.resolve({
    method: request.method ?? 'GET',
    path,
    query: (request.url ?? '').slice(path.length + 1),
    header,
    address: clientAddress(peerOf(request), header('x-forwarded-for'), trustedProxy),
    body,
  })
    .then(respond)
    .catch(() => FAILED)
    .then(answer => {
      if (response.destroyed) return
      if (!body.isComplete) linger(request)
      body.discard()
      send(response, answer, request.method === 'HEAD')
    })
    .catch(() => response.destroy())
}

function bodyOf(request: IncomingMessage): Incoming {
  const body = new Incoming({ hold: () => request.pause(), release: () => request.resume() })
  request.on('data', (piece: Buffer) => body.push(piece))
  request.on('end', () => body.complete())
  request.on('close', () => body.lost())
  // An aborted request: `close` follows.
  request.on('error', () => undefined)
  return body
}

function linger(request: IncomingMessage): void {
  const cut = setTimeout(() => request.socket.destroy(), LINGER)
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(cut))
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse, isHead: boolean): void {
  const isStream = !(body instanceof Uint8Array)
  const length = { 'content-length': isStream ? body.bytes : body.length }
  response.writeHead(status, isBodyless(status) ? headers : { ...headers, ...length })
  if (isHead || isBodyless(status)) response.end()
  else if (isStream) stream(response, body)
  else response.end(body)
}

function stream(response: ServerResponse, body: ObjectStream): void {
  sendPieces(body, piece => response.write(piece) || drained(response)).then(
    () => response.end(),
    () => response.destroy(),
  )
}

/** Resolves to whether the client is still there when the socket has taken what was written, or has closed. */
function drained(response: ServerResponse): boolean | Promise<boolean> {
  if (response.destroyed) return false
  return new Promise(resolve => {
    const settle = () => {
      response.off('drain', settle)
      response.off('close', settle)
      resolve(!response.destroyed)
    }
    response.on('drain', settle)
    response.on('close', settle)
  })
}
