import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** Returns what was deflated (RFC 1951). */
export type Inflate = (deflated: Uint8Array) => Promise<Uint8Array>

/** By the browser, which does so beside the page's own work. */
const inflateNatively: Inflate = async deflated => {
  const bytes = new Blob([deflated as Uint8Array<ArrayBuffer>]).stream()
  const stream = bytes.pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The type of y-websocket's frames of the document. */
const SYNC = 0

/**
 * Puts into the document what answers y-websocket's question in a form that it cannot read: a whole board in Yjs's encoding V2.
 * Until that is inflated, frames of the document wait: they go on from it.
 */
export class ArrivingState {
  readonly #provider: WebsocketProvider
  readonly #inflate: Inflate
  #waiting: { readonly ws: unknown; readonly frames: Uint8Array[] } | null = null

  constructor(provider: WebsocketProvider, inflate = inflateNatively) {
    this.#provider = provider
    this.#inflate = inflate
    const read = provider.messageHandlers[SYNC]
    provider.messageHandlers[SYNC] = (reply, decoder, ...rest) => {
      if (this.#waiting?.ws !== provider.ws) return read?.(reply, decoder, ...rest)
      this.#waiting?.frames.push(decoder.arr)
      decoder.pos = decoder.arr.length
    }
  }

  /** @param size of what `content` is once it is inflated, in bytes; 0 when it need not be */
  take(size: number, content: Uint8Array): void {
    if (size === 0) this.#apply(content)
    else void this.#takeDeflated(size, content)
  }

  async #takeDeflated(size: number, content: Uint8Array): Promise<void> {
    const provider = this.#provider
    const { ws } = provider
    const waiting = { ws, frames: [] as Uint8Array[] }
    this.#waiting = waiting
    const update = await this.#inflate(content).catch(() => null)
    if (this.#waiting === waiting) this.#waiting = null
    // Another connection asks for itself.
    if (provider.ws !== ws || !ws) return
    // Something on the way has harmed it: the next connection may bring it whole.
    if (update?.length !== size) return ws.close()
    this.#apply(update)
    for (const data of waiting.frames) ws.onmessage?.(new MessageEvent('message', { data }))
  }

  #apply(update: Uint8Array): void {
    Y.applyUpdateV2(this.#provider.doc, update, this.#provider)
    this.#provider.synced = true
  }
}
