import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import { TokenBucket } from './token-bucket.ts'

/** Seconds of the permitted rate that may come at once: a network that stood still delivers what it held back. */
const BURST = 4

/** Holds one connection to its messages and bytes a second. */
export class Intake {
  readonly #limits: RelayLimits
  readonly #messages: TokenBucket
  readonly #bytes: TokenBucket

  /** @param now in seconds, as all times here, of a clock that is never set back. */
  constructor(limits: RelayLimits, now: number) {
    const { messagesPerSecond, bytesPerSecond, documentBytes, frameBytes } = limits
    this.#limits = limits
    this.#messages = new TokenBucket(messagesPerSecond, messagesPerSecond * BURST, now)
    // Who was offline for long brings a whole board at once.
    this.#bytes = new TokenBucket(bytesPerSecond, bytesPerSecond * BURST + documentBytes + frameBytes, now)
  }

  /** What is wrong with taking a message of so many bytes now; null when nothing is. */
  refusal(bytes: number, now: number): ProtocolError | null {
    if (!this.#messages.take(1, now)) return tooFast(`${this.#limits.messagesPerSecond} messages`)
    if (!this.#bytes.take(bytes, now)) return tooFast(`${this.#limits.bytesPerSecond} bytes`)
    return null
  }
}

const tooFast = (limit: string): ProtocolError =>
  new ProtocolError(CLOSE.tooFast, `This client sends more than ${limit} a second.`)
