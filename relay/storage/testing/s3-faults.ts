import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as sendRequest,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to a request on its way. */
export type Fault =
  | { readonly at: 'none' }
  /** The server's answer is an error. */
  | { readonly at: 'answer'; readonly status: number; readonly code: string }
  /** The server says that it has done what it is asked, and has not. */
  | { readonly at: 'pretence' }
  /** The request arrives nowhere, and no answer comes. */
  | { readonly at: 'silence' }
  /** The connection breaks when the server has so many bytes of the body. */
  | { readonly at: 'cut request'; readonly after: number }
  /** The server does what it is asked, but the connection breaks before its answer. */
  | { readonly at: 'lost answer' }
  /** The connection breaks, or nothing more comes, when the client has so many bytes of the answer's body. */
  | { readonly at: 'cut answer' | 'stalled answer'; readonly after: number }

export interface FaultyS3 {
  readonly endpoint: string
  /** For the requests to come, each with its method and path; until it is set again. */
  fault: (method: string, path: string) => Fault
  /** The headers of the requests that came, by their names in lower case. */
  readonly requests: Readonly<Record<string, string | string[] | undefined>>[]
  stop(): Promise<void>
}

const NO_FAULT = (): Fault => ({ at: 'none' })

/** A proxy before a real S3 server. Host and signature pass through, so the server believes it is asked directly. */
export async function faultyS3(upstream: string): Promise<FaultyS3> {
  const proxy: { fault: FaultyS3['fault']; requests: FaultyS3['requests'] } = {
    fault: NO_FAULT,
    requests: [],
  }
  const server = createServer((request, response) => {
    proxy.requests.push(request.headers)
    pass(upstream, request, response, proxy.fault(request.method ?? '', request.url ?? ''))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return Object.assign(proxy, { endpoint: `http://127.0.0.1:${port}`, stop: () => stop(server) })
}

function pass(upstream: string, request: IncomingMessage, response: ServerResponse, fault: Fault): void {
  if (fault.at === 'silence') {
    request.resume()
    return
  }
  if (fault.at === 'pretence') {
    request.resume()
    response.end()
    return
  }
  if (fault.at === 'answer') {
    request.resume()
    response.writeHead(fault.status, { 'content-type': 'application/xml' })
    response.end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>made</Message></Error>`)
    return
  }
  forward(upstream, request, response, fault)
}

function forward(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Exclude<Fault, { at: 'silence' | 'pretence' | 'answer' }>,
): void {
  const { method, headers } = request
  const onward = sendRequest(new URL(request.url ?? '/', upstream), { method, headers, agent: false })
  const cut = (): void => {
    onward.destroy()
    request.socket.destroy()
  }
  onward.on('error', cut)

  let sent = 0
  request.on('data', (piece: Buffer) => {
    if (onward.destroyed) return
    const left = fault.at === 'cut request' ? fault.after - sent : piece.length
    sent += piece.length
    if (left >= piece.length) onward.write(piece)
    else onward.write(piece.subarray(0, left), cut)
  })
  request.on('end', () => onward.end())

  onward.on('response', answer => {
    if (fault.at === 'lost answer') return cut()
    answer.on('error', cut)
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    let passed = 0
    answer.on('data', (piece: Buffer) => {
      const limit = 'after' in fault && fault.at !== 'cut request' ? fault.after : Number.POSITIVE_INFINITY
      if (passed >= limit) return
      const part = piece.subarray(0, limit - passed)
      passed += part.length
      response.write(part, () => {
        if (passed >= limit && fault.at === 'cut answer') cut()
      })
    })
    answer.on('end', () => {
      if (!('after' in fault) || passed < fault.after) response.end()
    })
  })
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(stopped => server.close(() => stopped()))
}
