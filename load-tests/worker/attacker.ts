import { WebSocket } from 'ws'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { addressOf } from '../seats.ts'
import type { Target } from '../targets/target.ts'
import type { Tally } from './tally.ts'

/** ms until it tries again. */
const AGAIN = 250

export interface AttackerParts {
  readonly target: Target
  readonly url: string
  readonly board: string
  readonly credential: string | null
  readonly spreads: boolean
  /** Among all people and attackers. */
  readonly number: number
  readonly tally: Tally
}

/** What no relay should take, each in turn: nothing, noise, another root type, a text, a frame that ends too early, a flood. */
const ATTACKS: readonly ((send: (message: Uint8Array | string) => void) => void)[] = [
  send => send(new Uint8Array(0)),
  send => send(Uint8Array.from({ length: 200 }, (_, at) => (at * 151 + 255) & 255)),
  send => send(encodeFrame({ type: 'update', update: Uint8Array.of(1, 1, 5, 0, 4, 1, 1, 120, 1, 97, 0) })),
  send => send('{"type":"hello"}'),
  send => send(Uint8Array.of(0, 2, 255, 255, 255, 127, 1, 2, 3)),
  send => {
    const question = encodeFrame({ type: 'syncStep1', stateVector: Uint8Array.of(0) })
    for (let sent = 0; sent < 2000; sent += 1) send(question)
  },
  send => send(encodeFrame({ type: 'update', update: new Uint8Array(300_000).fill(255) })),
]

/** A connection that breaks the rules, is closed, and comes back. */
export class Attacker {
  readonly #parts: AttackerParts
  #socket: WebSocket | null = null
  #timer: NodeJS.Timeout | null = null
  #attack: number
  #isStopped = false

  constructor(parts: AttackerParts) {
    this.#parts = parts
    this.#attack = parts.number
  }

  start(): void {
    const { target, url, board, credential, spreads, number, tally } = this.#parts
    const socket = new WebSocket(target.address(url, board), [...target.offers(credential)], {
      perMessageDeflate: false,
      ...(spreads ? { localAddress: addressOf(number) } : {}),
    })
    this.#socket = socket
    socket.on('open', () => {
      const greeting = target.greeting(board, credential)
      if (greeting) socket.send(greeting)
      this.#attack += 1
      ATTACKS[this.#attack % ATTACKS.length]?.(message => socket.send(message))
    })
    socket.on('error', () => undefined)
    socket.on('close', code => {
      if (this.#isStopped) return
      tally.refused(code)
      this.#timer = setTimeout(() => this.start(), AGAIN)
    })
    // A relay that takes it all is left for another try.
    this.#timer = setTimeout(() => socket.terminate(), 4 * AGAIN)
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#socket?.terminate()
  }
}
