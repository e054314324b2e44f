import * as v from 'valibot'
import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import { jsonDepth } from '../../shared/protocol/json-depth.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import { afterLong } from '../room/long-timer.ts'
import { TokenBucket } from '../room/token-bucket.ts'
import type { Socket, SocketHandler } from './server.ts'

/** UTF-16 code units of one message. Session descriptions are below 10,000; sealed and encoded they double. */
const MAX_MESSAGE = 256 * 1024

/** Bytes that the transport takes: the most that MAX_MESSAGE can need, so that ours is the code it closes with. */
export const MAX_PAYLOAD = MAX_MESSAGE * 3

/** Levels of a message's JSON. What peers seal is a text, so that theirs have few; endless ones end JSON.stringify. */
const MAX_DEPTH = 16

/** Bytes waiting in a socket from which on it is closed. Signalling is small: this client does not read. */
const MAX_WAITING = 1024 * 1024

/** Code units a second: ten session descriptions. Each goes to everybody at the board, so the bound is far below that of `limits`. */
const TEXT_PER_SECOND = 256 * 1024

/** Seconds that may come at once: a crowd that arrives together is greeted by each one present. */
const BURST = 4

const topics = v.array(v.string())

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('subscribe'), topics }),
  v.object({ type: v.literal('unsubscribe'), topics }),
  v.looseObject({ type: v.literal('publish'), topic: v.string() }),
  v.object({ type: v.literal('ping') }),
])

type Message = v.InferOutput<typeof messageSchema>

export interface SignallerParts {
  limits: Pick<RelayLimits, 'messagesPerSecond'>
  clock: Clock
  seconds: () => number
  metrics: Pick<RelayMetrics, 'closed'>
}

/** One socket at the signalling of one board. Topics other than the board's id have nobody: it hears and reaches only its own board. */
export class Signaller implements SocketHandler {
  readonly grant: Grant
  readonly #board: string
  readonly #socket: Socket
  /** Everybody at the board's signalling. */
  readonly #present: ReadonlySet<Signaller>
  readonly #parts: SignallerParts
  readonly #leave: () => void
  readonly #messages: TokenBucket
  readonly #text: TokenBucket
  readonly #stopExpiry: () => void
  #isSubscribed = false
  #isOpen = true

  constructor(
    board: string,
    grant: Grant,
    socket: Socket,
    present: ReadonlySet<Signaller>,
    parts: SignallerParts,
    leave: () => void,
  ) {
    const { limits, clock, seconds } = parts
    this.grant = grant
    this.#board = board
    this.#socket = socket
    this.#present = present
    this.#parts = parts
    this.#leave = leave
    this.#messages = new TokenBucket(limits.messagesPerSecond, limits.messagesPerSecond * BURST, seconds())
    this.#text = new TokenBucket(TEXT_PER_SECOND, TEXT_PER_SECOND * BURST, seconds())
    this.#stopExpiry =
      grant.expiresAt === null
        ? () => undefined
        : afterLong(clock, Math.max(0, grant.expiresAt - clock.now()), () =>
            this.close(CLOSE.revoked, 'Your session has ended. Sign in again.'),
          )
  }

  message(text: Uint8Array | string): void {
    if (!this.#isOpen) return
    const now = this.#parts.seconds()
    if (text.length > MAX_MESSAGE) return this.close(CLOSE.tooLarge, 'A signalling message is too large.')
    if (!this.#messages.take(1, now) || !this.#text.take(text.length, now))
      return this.close(CLOSE.tooFast, 'Signalling messages come too fast. Try again later.')
    const message = typeof text === 'string' ? parse(text) : null
    if (message) this.#handle(message)
    else this.close(CLOSE.malformed, 'That is not a signalling message.')
  }

  drained(): void {
    // Nothing waits for it: what was sent is already in the socket.
  }

  closed(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#stopExpiry()
    this.#leave()
  }

  close(code: CloseCode, reason: string): void {
    if (!this.#isOpen) return
    this.closed()
    this.#parts.metrics.closed(code)
    this.#socket.close(code, reason)
  }

  #handle(message: Message): void {
    switch (message.type) {
      case 'subscribe':
        this.#isSubscribed ||= message.topics.includes(this.#board)
        return
      case 'unsubscribe':
        this.#isSubscribed &&= !message.topics.includes(this.#board)
        return
      case 'publish':
        if (message.topic === this.#board) this.#publish(message)
        return
      case 'ping':
        return this.#send('{"type":"pong"}')
      default:
        return unreachable(message)
    }
  }

  #publish(message: object): void {
    const subscribers = [...this.#present].filter(({ isSubscribed }) => isSubscribed)
    const text = JSON.stringify({ ...message, clients: subscribers.length })
    for (const subscriber of subscribers) subscriber.#send(text)
  }

  get isSubscribed(): boolean {
    return this.#isSubscribed
  }

  #send(text: string): void {
    if (this.#socket.buffered <= MAX_WAITING) this.#socket.send(text)
    else this.close(CLOSE.tooSlow, 'Signalling messages wait for this client.')
  }
}

function parse(text: string): Message | null {
  try {
    if (jsonDepth(text) > MAX_DEPTH) return null
    const result = v.safeParse(messageSchema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}
