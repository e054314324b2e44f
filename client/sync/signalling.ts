import type { SignalingConn } from 'y-webrtc'
import { isFinalClose } from '../../shared/protocol/close.ts'
import { CREDENTIAL_PREFIX, SIGNAL_SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { type Backoff, retryDelay } from '../../shared/util/backoff.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'

export interface SignallingOptions {
  readonly boardId: string
  /** Such as `wss://example.org/signal`; the board's id is appended. */
  readonly url: string
  /** The key or token to present at the next connection; null for none. */
  readonly credential: () => string | null
  readonly clock: Clock
  readonly random: Random
  readonly WebSocket: typeof WebSocket
}

/** The way to the relay over which the peers of one board find each other. */
export interface Signalling {
  /** Tells the others that we are here and look for them. */
  announce(): void
  /** Connects again if the relay had ended the connection for good: it has let us in since. */
  revive(): void
  destroy(): void
}

/** Peers go on without signalling, so a long pause costs only newcomers. */
const RETRY: Backoff = { first: 1_000, max: 30_000 }

/** ms. As often as y-webrtc pings; it takes a connection for dead that is silent for 30 s. */
const PING_EVERY = 15_000

/** What we use of y-webrtc's connection, and what of it is written from here. */
interface Conn {
  ws: Pick<WebSocket, 'send' | 'close'> | null
  connected: boolean
  /** ms since the epoch. */
  lastMessageReceived: number
  send(message: object): void
  emit(event: string, args: readonly unknown[]): void
  destroy(): void
}

/**
 * The signalling of one board, for y-webrtc. y-webrtc's own connection offers no subprotocol, in which the credential
 * goes, and comes back for ever after it was refused. Its class does hold the protocol, and that is what we take of it: it is
 * told that it shall not connect, and gets its socket and its events from here.
 *
 * y-webrtc knows only connections that it made itself, and so announces nothing over this one by itself: `announce` is to be
 * called when its room is open and whenever a peer has gone.
 */
export function openSignalling(Base: typeof SignalingConn, options: SignallingOptions): Signalling {
  const { boardId, clock, random } = options
  const conn = quietConn(Base, options)
  let attempt = 0
  let isOver = false
  let hasEnded = false
  let stopRetry = () => {}
  let stopPing = () => {}

  function connect(): void {
    const socket = socketTo(options)
    if (!socket) return
    conn.ws = socket
    socket.onopen = () => {
      conn.connected = true
      conn.lastMessageReceived = Date.now()
      conn.emit('connect', [{ type: 'connect' }, conn])
      ping()
    }
    socket.onmessage = ({ data }) => {
      // Only now: a relay that lets us in just to close us out is to be asked ever less often.
      attempt = 0
      conn.lastMessageReceived = Date.now()
      const message = parse(data)
      if (message) conn.emit('message', [message, conn])
    }
    socket.onclose = ({ code }) => {
      conn.ws = null
      conn.connected = false
      stopPing()
      if (isOver) return
      hasEnded = isFinalClose(code)
      if (!hasEnded) stopRetry = clock.after(retryDelay(RETRY, attempt++, random), connect)
    }
  }

  function ping(): void {
    stopPing = clock.after(PING_EVERY, () => {
      conn.send({ type: 'ping' })
      ping()
    })
  }

  connect()
  return {
    announce() {
      // What y-webrtc does on connecting: it subscribes to the board and announces itself there.
      if (conn.connected && !isOver) conn.emit('connect', [{ type: 'connect' }, conn])
    },
    revive() {
      if (!hasEnded || isOver) return
      hasEnded = false
      attempt = 0
      connect()
    },
    destroy() {
      isOver = true
      stopRetry()
      stopPing()
      conn.send({ type: 'unsubscribe', topics: [boardId] })
      conn.destroy()
    },
  }
}

/** A connection of y-webrtc's class that opens no socket by itself and says nothing of other boards. */
function quietConn(Base: typeof SignalingConn, { url, boardId }: SignallingOptions): Conn {
  const Untyped = Base as unknown as new (url: string) => Conn
  class QuietConn extends Untyped {
    get shouldConnect(): boolean {
      return false
    }

    set shouldConnect(_: boolean) {
      // Whatever y-webrtc wants: the socket is not its own.
    }

    /** It also speaks for the board that this tab showed before, whose place at the relay is another one. */
    override send(message: { readonly topic?: string; readonly topics?: readonly string[] }): void {
      const topics = message.topics?.filter(topic => topic === boardId)
      if (!this.connected || topics?.length === 0 || (message.topic ?? boardId) !== boardId) return
      super.send(topics ? { ...message, topics } : message)
    }
  }
  return new QuietConn(`${url}/${boardId}`)
}

/** Null where the browser refuses the address itself. */
function socketTo({ url, boardId, credential, WebSocket }: SignallingOptions): WebSocket | null {
  const held = credential()
  try {
    return new WebSocket(`${url}/${boardId}`, [
      SIGNAL_SUBPROTOCOL,
      ...(held === null ? [] : [CREDENTIAL_PREFIX + held]),
    ])
  } catch (error) {
    console.warn('Direct links are off: their signalling could not be opened.', error)
    return null
  }
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null
  } catch {
    return null
  }
}
