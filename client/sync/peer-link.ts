import { Assembler, framesOf } from './chunks.ts'
import { decodePeerMessage, encodePeerMessages, type PeerMessage } from './peer-message.ts'

/** A reliable, ordered pipe to one peer, as a WebRTC data channel is. */
export interface DirectChannel {
  send(frame: Uint8Array<ArrayBuffer>): void
  /** Bytes given to `send` that have not left yet. */
  readonly bufferedAmount: number
  /** Ends the channel; `reason` is for the person who debugs. */
  close(cause: LinkEnd, reason: string): void
}

/** Why a link ended from our side: the peer sends what it must not, takes too little, or we have no more use for it. */
export type LinkEnd = 'rubbish' | 'slow' | 'done'

export interface LinkEvents {
  message(message: PeerMessage): void
  /** Each message that is on its way, or held back for it, as the peer will count it. */
  sent(message: Uint8Array): void
  /** The way is free again after presence was left out. */
  roomy(): void
  closed(): void
}

/** Bytes in the channel above which we hold frames back. Browsers close a channel whose buffer fills (16 MB). */
const HIGH_WATER = 1024 * 1024

/** Bytes. The owner of the channel calls `drained` when its buffer falls to this, so that it never runs dry. */
export const LOW_WATER = 256 * 1024

/** Bytes held back for one peer. Above it the link closes: a resync from state vectors costs less. */
const HELD_MAX = 64 * 1024 * 1024

/**
 * The messages of one direct link: framed, held back while the channel is full, and put together again.
 * Document messages are never left out; presence is, while others wait. A peer that sends rubbish is dropped.
 */
export class PeerLink {
  readonly #channel: DirectChannel
  readonly #events: LinkEvents
  readonly #assembler = new Assembler()
  #held: Uint8Array<ArrayBuffer>[] = []
  #heldBytes = 0
  #presenceLeftOut = false
  #framesHeard = 0
  #open = true

  constructor(channel: DirectChannel, events: LinkEvents) {
    this.#channel = channel
    this.#events = events
  }

  /** Whether messages wait for the channel: then an answer may take its time. */
  get isCongested(): boolean {
    return this.#held.length > 0
  }

  /** Frames that have arrived: any new one is a sign of life. */
  get framesHeard(): number {
    return this.#framesHeard
  }

  send(message: PeerMessage): void {
    if (!this.#open) return
    if (message.type === 'awareness' && this.#held.length > 0) {
      this.#presenceLeftOut = true
      return
    }
    const parts = encodePeerMessages(message)
    const bytes = parts?.reduce((sum, part) => sum + part.length, 0) ?? Number.POSITIVE_INFINITY
    if (!parts || this.#heldBytes + bytes > HELD_MAX) {
      this.drop('slow', 'there is more to hold for this peer than is kept')
      return
    }
    for (const part of parts) {
      this.#hold(part)
      this.#events.sent(part)
    }
    this.drained()
  }

  #hold(message: Uint8Array): void {
    for (const frame of framesOf(message)) {
      this.#held.push(frame)
      this.#heldBytes += frame.length
    }
  }

  /** To be called when the channel's buffer has room again. */
  drained(): void {
    let sent = 0
    while (this.#open && sent < this.#held.length && this.#channel.bufferedAmount < HIGH_WATER) {
      const frame = this.#held[sent++] as Uint8Array<ArrayBuffer>
      this.#heldBytes -= frame.length
      this.#trySend(frame)
    }
    this.#held = this.#held.slice(sent)
    if (this.#open && this.#held.length === 0 && this.#presenceLeftOut) {
      this.#presenceLeftOut = false
      this.#events.roomy()
    }
  }

  /** To be called with each frame that arrives. */
  receive(frame: Uint8Array): void {
    if (!this.#open) return
    this.#framesHeard += 1
    try {
      const message = this.#assembler.push(frame)
      if (message) this.#events.message(decodePeerMessage(message))
    } catch (error) {
      this.drop('rubbish', error instanceof Error ? error.message : String(error))
    }
  }

  /** To be called when the channel is gone. */
  closed(): void {
    if (!this.#open) return
    this.#open = false
    this.#held = []
    this.#events.closed()
  }

  /** Ends the link from our side. */
  drop(cause: LinkEnd, reason: string): void {
    if (!this.#open) return
    this.closed()
    this.#channel.close(cause, reason)
  }

  /** A channel that just closed throws; its owner tells us in a moment, and the peer resyncs when it returns. */
  #trySend(frame: Uint8Array<ArrayBuffer>): void {
    try {
      this.#channel.send(frame)
    } catch {
      this.drop('done', 'the channel is closed')
    }
  }
}
