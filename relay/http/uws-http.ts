import type * as uWS from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import type { ObjectStream } from '../storage/object-store.ts'
import { Incoming } from './incoming.ts'
import { sendPieces } from './outgoing.ts'
import { clientAddress } from './proxy.ts'
import { FAILED, type Headers, type HttpResponse, isBodyless, type ServerParts } from './server.ts'

/** Reads all headers, since the request is gone after the call that brought it. */
export function headersIn(req: uWS.HttpRequest): Headers {
  const headers = new Map<string, string>()
  // Not `getHeader`, which knows the first of a name only: a proxy's own X-Forwarded-For comes after a forged one.
  req.forEach((name, value) => {
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  })
  return name => headers.get(name) ?? ''
}

export const peerOf = (res: uWS.HttpResponse): string => Buffer.from(res.getRemoteAddressAsText()).toString()

/** Answers a request, which has to be read before this returns, when its route has an answer. */
export function answerRequest(
  res: uWS.HttpResponse,
  req: uWS.HttpRequest,
  { respond, trustedProxy }: Pick<ServerParts, 'respond' | 'trustedProxy'>,
): void {
  const header = headersIn(req)
  const method = req.getMethod().toUpperCase()
  const exchange = new Exchange(res, method === 'HEAD')
  const request = {
    method,
    path: req.getUrl(),
    query: req.getQuery() ?? '',
    header,
    address: clientAddress(peerOf(res), header('x-forwarded-for'), trustedProxy),
    body: exchange.body,
  }
  Promise.resolve(request)
    .then(respond)
    .catch(() => FAILED)
    .then(response => exchange.answer(response))
    .catch(() => exchange.breakOff())
}

/** The piece of a stream that the socket has taken only in part. */
interface Rest {
  readonly piece: Uint8Array
  /** Where in the whole body the piece starts. */
  readonly start: number
  readonly total: number
  taken(isClientThere: boolean): void
}

/** One request and its answer. uWebSockets.js throws on any use of `res` once it is answered or the client is gone. */
class Exchange {
  readonly body: Incoming
  readonly #res: uWS.HttpResponse
  readonly #isHead: boolean
  #isOver = false
  #rest: Rest | null = null

  constructor(res: uWS.HttpResponse, isHead: boolean) {
    this.#res = res
    this.#isHead = isHead
    this.body = new Incoming({
      hold: () => void (this.#isOver || res.pause()),
      release: () => void (this.#isOver || res.resume()),
    })
    res.onAborted(() => {
      this.#isOver = true
      this.body.lost()
      this.#taken(false)
    })
    res.onData((chunk, isLast) => {
      // A copy: the memory is uWebSockets.js's own and gone after this call.
      this.body.push(new Uint8Array(chunk.slice(0)))
      if (isLast) this.body.complete()
    })
  }

  answer({ status, headers, body }: HttpResponse): void {
    if (this.#isOver) return
    const hasUnread = !this.body.isComplete
    // Before the answer: afterwards nothing could let a held socket go on to its next request.
    this.body.discard()
    this.#res.cork(() => {
      this.#res.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`)
      for (const [name, value] of Object.entries(headers)) this.#res.writeHeader(name, value)
      if (isBodyless(status)) this.#end(() => this.#res.endWithoutBody())
      else if (this.#isHead) this.#end(() => this.#res.endWithoutBody(lengthOf(body)))
      else if (body instanceof Uint8Array) this.#end(() => this.#res.end(body, hasUnread))
      else if (body.bytes === 0) this.#end(() => this.#res.end('', hasUnread))
    })
    if (!this.#isOver && !(body instanceof Uint8Array)) this.#stream(body)
  }

  #end(end: () => void): void {
    this.#isOver = true
    end()
  }

  #stream(stream: ObjectStream): void {
    this.#res.onWritable(offset => this.#resume(offset))
    sendPieces(stream, piece => this.#write(piece, stream.bytes)).catch(() => this.breakOff())
  }

  breakOff(): void {
    if (!this.#isOver) this.#res.close()
  }

  #write(piece: Uint8Array, total: number): boolean | Promise<boolean> {
    if (this.#isOver) return false
    const start = this.#res.getWriteOffset()
    let isTaken = false
    this.#res.cork(() => {
      isTaken = this.#offer(piece, total)
    })
    if (isTaken) return true
    return new Promise(taken => {
      this.#rest = { piece, start, total, taken }
    })
  }

  /** The socket can take more, from this offset in the body on. */
  #resume(offset: number): boolean {
    if (!this.#rest) return true
    const { piece, start, total } = this.#rest
    const isTaken = this.#offer(piece.subarray(offset - start), total)
    if (isTaken) this.#taken(true)
    return isTaken
  }

  /** Whether the socket took all of it. */
  #offer(piece: Uint8Array, total: number): boolean {
    const [isTaken, isWhole] = this.#res.tryEnd(piece, total)
    this.#isOver ||= isWhole
    return isTaken || isWhole
  }

  #taken(isClientThere: boolean): void {
    const rest = this.#rest
    this.#rest = null
    rest?.taken(isClientThere)
  }
}

const lengthOf = (body: HttpResponse['body']): number =>
  body instanceof Uint8Array ? body.length : body.bytes
