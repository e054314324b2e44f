import { WebSocket } from 'ws'
import { CREDENTIAL_PREFIX, SUBPROTOCOL } from '../../../shared/protocol/frame.ts'
import { until } from '../until.ts'

export interface Attack {
  readonly credential?: string
  readonly protocols?: readonly string[]
  readonly origin?: string
  /** The loopback address it comes from. */
  readonly from?: string
}

export interface Close {
  readonly code: number
  readonly reason: string
}

/** A client that sends what it likes and answers nothing. */
export class Attacker {
  readonly #socket: WebSocket
  #closed: Close | null = null
  /** The text messages that it got. */
  readonly texts: string[] = []

  /** An attacker whose socket is open. */
  static async enter(url: string, attack: Attack = {}): Promise<Attacker> {
    const attacker = new Attacker(url, attack)
    await new Promise<void>((resolve, reject) => {
      attacker.#socket.once('open', () => resolve())
      attacker.#socket.once('error', reject)
    })
    return attacker
  }

  constructor(
    url: string,
    { credential, protocols = [SUBPROTOCOL], origin, from = '127.0.0.2' }: Attack = {},
  ) {
    const offers = credential ? [...protocols, CREDENTIAL_PREFIX + credential] : [...protocols]
    this.#socket = new WebSocket(url, offers, { localAddress: from, ...(origin ? { origin } : {}) })
    this.#socket.on('error', () => undefined)
    this.#socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.texts.push(data.toString())
    })
    this.#socket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString() }
    })
  }

  /** How the relay closed it. Rejects when it does not. */
  async end(): Promise<Close> {
    await until(() => this.#closed !== null)
    return this.#closed as Close
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  send(message: Uint8Array | string): void {
    if (this.isOpen) this.#socket.send(message)
  }

  /** Sends a text message and waits for what it answers to the ping after it: by then it has been handled. */
  async tell(message: object): Promise<void> {
    this.send(JSON.stringify(message))
    this.send(JSON.stringify({ type: 'ping' }))
    const pongs = this.#pongs
    await until(() => this.#pongs > pongs || !this.isOpen)
  }

  /** Reads nothing from now on, until `wake`. */
  stall(): void {
    this.#socket.pause()
  }

  wake(): void {
    this.#socket.resume()
  }

  get #pongs(): number {
    return this.texts.filter(text => text === '{"type":"pong"}').length
  }

  leave(): void {
    this.#socket.terminate()
  }
}
