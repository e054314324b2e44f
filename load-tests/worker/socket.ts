import { randomBytes } from 'node:crypto'
import { type Socket as Connection, connect, isIP } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { clientFrame, FrameError, FrameSplitter, OPCODE } from './frames.ts'
import { isAgreed, requestOf } from './handshake.ts'

/** Codes for a connection that ended without one, for one whose end named none, and for one that broke the rules. */
const [ABNORMAL, NONE, BROKEN] = [1006, 1005, 1002]

/** Bytes of a server's answer to a handshake, at most. */
const MAX_ANSWER = 16 * 1024

/**
 * What arrives is read into this, and worked off before the next read: all sockets of the process share it. To have memory
 * for each read would cost more than all that is done with what was read.
 */
const ARRIVED = new Uint8Array(256 * 1024)

export interface SocketParts {
  readonly url: string
  /** Subprotocols. */
  readonly offers: readonly string[]
  /** The address to connect from; null for any. */
  readonly from: string | null
  readonly onOpen: () => void
  /** Is given a view that holds only until it returns. */
  readonly onMessage: (message: Uint8Array) => void
  readonly onClose: (code: number) => void
}

/**
 * The WebSocket of somebody who shares one core with hundreds: it does what people at a relay need, and takes a fraction of
 * what `ws` takes for each message.
 */
export class Socket {
  readonly #parts: SocketParts
  readonly #connection: Connection
  readonly #key = randomBytes(16).toString('base64')
  readonly #frames = new FrameSplitter((opcode, isFinal, payload) => this.#hear(opcode, isFinal, payload))
  #state: 'joining' | 'open' | 'ended' = 'joining'
  #answer = ''
  /** Of a message that comes in several frames. */
  #fragments: Uint8Array[] = []
  #code = ABNORMAL

  constructor(parts: SocketParts) {
    this.#parts = parts
    const url = new URL(parts.url)
    this.#connection = connectionTo(url, parts.from, bytes => this.#take(bytes))
    this.#connection.on(url.protocol === 'wss:' ? 'secureConnect' : 'connect', () =>
      this.#connection.write(requestOf(url, this.#key, parts.offers)),
    )
    // `close` follows.
    this.#connection.on('error', () => undefined)
    this.#connection.on('close', () => {
      this.#state = 'ended'
      parts.onClose(this.#code)
    })
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** Sends a client's frame, which must not change any more. */
  send(frame: Uint8Array): void {
    if (this.#state === 'open') this.#connection.write(frame)
  }

  pause(): void {
    this.#connection.pause()
  }

  resume(): void {
    this.#connection.resume()
  }

  /** Without a word. */
  terminate(): void {
    this.#state = 'ended'
    this.#connection.destroy()
  }

  #take(bytes: Uint8Array): void {
    if (this.#state === 'joining') return this.#join(bytes)
    if (this.#state === 'ended') return
    try {
      this.#frames.take(bytes)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#end(BROKEN, BROKEN)
    }
  }

  /** The server's answer to the handshake; the first frames may come with it. */
  #join(bytes: Uint8Array): void {
    this.#answer += Buffer.from(bytes).toString('latin1')
    const end = this.#answer.indexOf('\r\n\r\n')
    if (end === -1 && this.#answer.length < MAX_ANSWER) return
    if (!isAgreed(this.#answer.slice(0, Math.max(0, end)), this.#key, this.#parts.offers))
      return this.terminate()
    const more = this.#answer.length - end - 4
    this.#answer = ''
    this.#state = 'open'
    this.#parts.onOpen()
    if (more > 0) this.#take(bytes.subarray(bytes.length - more))
  }

  #hear(opcode: number, isFinal: boolean, payload: Uint8Array): void {
    if (this.#state !== 'open') return
    switch (opcode) {
      case OPCODE.more:
      case OPCODE.text:
      case OPCODE.binary:
        return this.#piece(isFinal, payload)
      case OPCODE.ping:
        return this.send(clientFrame(OPCODE.pong, payload))
      case OPCODE.close: {
        const code = payload.length < 2 ? NONE : ((payload[0] as number) << 8) | (payload[1] as number)
        return this.#end(code, code)
      }
      default:
    }
  }

  #piece(isFinal: boolean, payload: Uint8Array): void {
    if (isFinal && this.#fragments.length === 0) return this.#parts.onMessage(payload)
    this.#fragments.push(payload.slice())
    if (!isFinal) return
    const whole = Buffer.concat(this.#fragments)
    this.#fragments = []
    this.#parts.onMessage(whole)
  }

  /** Says the last word, and is gone. */
  #end(code: number, said: number): void {
    const word = said === NONE ? new Uint8Array() : Uint8Array.of(said >> 8, said & 255)
    this.send(clientFrame(OPCODE.close, word))
    this.#code = code
    this.#state = 'ended'
    this.#connection.destroySoon()
  }
}

/** @param onBytes is given a view that holds only until it returns. */
function connectionTo(url: URL, from: string | null, onBytes: (bytes: Uint8Array) => void): Connection {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'wss:'
  const where = {
    host,
    port: Number(url.port) || (isSecure ? 443 : 80),
    noDelay: true,
    ...(from === null ? {} : { localAddress: from }),
  }
  if (isSecure) {
    const secure = connectSecurely({ ...where, ...(isIP(host) ? {} : { servername: host }) })
    return secure.on('data', onBytes)
  }
  return connect({
    ...where,
    onread: {
      buffer: ARRIVED,
      callback: (length, buffer) => {
        onBytes(buffer.subarray(0, length))
        return true
      },
    },
  })
}
