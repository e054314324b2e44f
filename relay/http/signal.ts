import * as v from 'valibot'
import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import { jsonDepth } from '../../shared/protocol/json-depth.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Endpoint, Socket, SocketHandler } from './server.ts'

/** UTF-16 code units of one message. Session descriptions are below 10,000; sealed and encoded they double. */
const MAX_MESSAGE = 256 * 1024

/** Bytes that the transport takes: the most that MAX_MESSAGE can need, so that ours is the code it closes with. */
const MAX_PAYLOAD = MAX_MESSAGE * 3

/** Topics of one connection: one per open board. */
const MAX_TOPICS = 16

/** UTF-16 code units of a topic: a board id, with room for a prefix. */
const MAX_TOPIC = 128

/** Levels of a message's JSON. What peers seal is a text, so that theirs have few; endless ones end JSON.stringify. */
const MAX_DEPTH = 16

/** Bytes waiting in a socket from which on it is closed. Signalling is small: this client does not read. */
const MAX_WAITING = 1024 * 1024

const topics = v.array(v.string())

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('subscribe'), topics }),
  v.object({ type: v.literal('unsubscribe'), topics }),
  v.looseObject({ type: v.literal('publish'), topic: v.string() }),
  v.object({ type: v.literal('ping') }),
])

type Message = v.InferOutput<typeof messageSchema>

/** The signalling of y-webrtc: PROTOCOL.md, rules 19 and 20. It sees who shares a topic, never what is in a board. */
export function signalEndpoint(): Endpoint {
  const subscribers = new Map<string, Set<Socket>>()
  return {
    pattern: '/signal',
    maxPayload: MAX_PAYLOAD,
    upgrade: async () => ({ protocol: '', connect: socket => new Signaller(socket, subscribers) }),
  }
}

class Signaller implements SocketHandler {
  readonly #socket: Socket
  readonly #subscribers: Map<string, Set<Socket>>
  readonly #topics = new Set<string>()
  #open = true

  constructor(socket: Socket, subscribers: Map<string, Set<Socket>>) {
    this.#socket = socket
    this.#subscribers = subscribers
  }

  message(text: Uint8Array | string): void {
    if (!this.#open) return
    if (text.length > MAX_MESSAGE) return this.#refuse(CLOSE.tooLarge, 'A signalling message is too large.')
    const message = typeof text === 'string' ? parse(text) : null
    if (message) this.#handle(message)
    else this.#refuse(CLOSE.malformed, 'That is not a signalling message.')
  }

  drained(): void {
    // Nothing waits for it: what was sent is already in the socket.
  }

  closed(): void {
    this.#open = false
    for (const topic of [...this.#topics]) this.#unsubscribe(topic)
  }

  #handle(message: Message): void {
    switch (message.type) {
      case 'subscribe':
        for (const topic of message.topics) this.#subscribe(topic)
        return
      case 'unsubscribe':
        for (const topic of message.topics) this.#unsubscribe(topic)
        return
      case 'publish':
        return this.#publish(message.topic, message)
      case 'ping':
        return send(this.#socket, '{"type":"pong"}')
      default:
        return unreachable(message)
    }
  }

  #subscribe(topic: string): void {
    if (!this.#open) return
    if (topic.length > MAX_TOPIC) return this.#refuse(CLOSE.tooLarge, 'A topic is too long.')
    if (this.#topics.size >= MAX_TOPICS && !this.#topics.has(topic)) {
      return this.#refuse(CLOSE.tooLarge, `A connection has at most ${MAX_TOPICS} topics.`)
    }
    this.#topics.add(topic)
    const subscribers = this.#subscribers.get(topic)
    if (subscribers) subscribers.add(this.#socket)
    else this.#subscribers.set(topic, new Set([this.#socket]))
  }

  #unsubscribe(topic: string): void {
    this.#topics.delete(topic)
    const subscribers = this.#subscribers.get(topic)
    if (subscribers?.delete(this.#socket) && subscribers.size === 0) this.#subscribers.delete(topic)
  }

  #publish(topic: string, message: object): void {
    const subscribers = this.#subscribers.get(topic)
    if (!subscribers) return
    const text = JSON.stringify({ ...message, clients: subscribers.size })
    for (const subscriber of [...subscribers]) send(subscriber, text)
  }

  #refuse(code: CloseCode, reason: string): void {
    this.closed()
    this.#socket.close(code, reason)
  }
}

function send(socket: Socket, text: string): void {
  if (socket.buffered > MAX_WAITING) socket.close(CLOSE.tooSlow, 'Signalling messages wait for this client.')
  else socket.send(text)
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
