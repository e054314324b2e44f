import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame, type Frame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { until } from './until.ts'

/** A bare Driftboard client over a real socket: a document, the frames it received, and what was acknowledged. */
export class DriftboardClient {
  readonly doc = new Y.Doc()
  readonly frames: Frame[] = []
  closed: { code: number; reason: string } | null = null
  sent = 0
  /** Told each frame when it has been dealt with. */
  onFrame: (frame: Frame) => void = () => undefined
  readonly #socket: WebSocket

  constructor(url: string, protocols: string[] = [SUBPROTOCOL]) {
    this.#socket = new WebSocket(url, protocols)
    this.#socket.on('message', (data: Buffer) => this.#receive(new Uint8Array(data)))
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
    })
    // A relay that is killed resets its sockets; `close` follows.
    this.#socket.on('error', () => undefined)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendDocument({ type: 'update', update })
    })
  }

  /** A client that has synced. */
  static async join(url: string, protocols?: string[]): Promise<DriftboardClient> {
    const client = new DriftboardClient(url, protocols)
    await until(() => client.frames.some(frame => frame.type === 'syncStep2'))
    return client
  }

  /** Document frames, from the first, that the relay says are durable. */
  get acknowledged(): number {
    return this.frames.reduce(
      (most, frame) => (frame.type === 'ack' ? Math.max(most, frame.frames) : most),
      0,
    )
  }

  send(message: Uint8Array | string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message)
  }

  /** Takes nothing from the network until `wake`. */
  stall(): void {
    this.#socket.pause()
  }

  wake(): void {
    this.#socket.resume()
  }

  leave(): void {
    this.#socket.terminate()
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes, Number.MAX_SAFE_INTEGER)
    this.frames.push(frame)
    if (frame.type === 'update' || frame.type === 'syncStep2') Y.applyUpdate(this.doc, frame.update, this)
    if (frame.type === 'syncStep1') {
      this.#sendDocument({ type: 'syncStep2', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) })
      this.send(encodeFrame({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.doc) }))
    }
    this.onFrame(frame)
  }

  #sendDocument(frame: Frame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.sent += 1
    this.send(encodeFrame(frame))
  }
}
