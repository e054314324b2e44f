/** Bytes that wait for the reader, from which on the sender is held back: enough to keep a fast link busy. */
const ENOUGH = 256 * 1024

/** The client went away before all of its request had arrived: nobody's mistake, and nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** How a socket is told to stop and to go on sending. */
export interface Flow {
  hold(): void
  release(): void
}

/** The body of a request on its way from an adapter, which pushes, to the one reader, which iterates. */
export class Incoming implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow
  readonly #pieces: Uint8Array[] = []
  #waiting = 0
  #at: 'arriving' | 'complete' | 'lost' | 'unwanted' = 'arriving'
  #isHeld = false
  #wake: () => void = () => undefined

  constructor(flow: Flow) {
    this.#flow = flow
  }

  get isComplete(): boolean {
    return this.#at === 'complete'
  }

  /** The bytes are the body's own from now on. */
  push(piece: Uint8Array): void {
    if (this.#at !== 'arriving' || piece.length === 0) return
    this.#pieces.push(piece)
    this.#waiting += piece.length
    this.#steer()
    this.#wake()
  }

  /** All has arrived. The socket flows again, since its next request is no part of this body. */
  complete(): void {
    this.#ended('complete')
  }

  /** The client is gone. */
  lost(): void {
    this.#ended('lost')
  }

  /** Whatever is left, or still comes, is read and thrown away. */
  discard(): void {
    this.#pieces.length = 0
    this.#waiting = 0
    this.#ended('unwanted')
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    while (this.#at !== 'lost' && this.#at !== 'unwanted') {
      const piece = this.#pieces.shift()
      if (piece) {
        this.#waiting -= piece.length
        this.#steer()
        yield piece
      } else if (this.#at === 'complete') {
        return
      } else {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    }
    throw new ClientGone('The client went away before all of its request had arrived.')
  }

  #ended(at: 'complete' | 'lost' | 'unwanted'): void {
    if (this.#at === 'arriving') this.#at = at
    this.#steer()
    this.#wake()
  }

  #steer(): void {
    const hold = this.#at === 'arriving' && this.#waiting > ENOUGH
    if (hold === this.#isHeld) return
    this.#isHeld = hold
    if (hold) this.#flow.hold()
    else this.#flow.release()
  }
}
