import { inflateRawSync } from 'node:zlib'
import type { Inflate } from '../arriving-state.ts'
import type { End, SimNet } from './sim-net.ts'

/** What a relay does with a connection that comes in; false while it is down. */
export type Accept = (end: End, boardId: string, protocol: string) => boolean

/** At once, as the browser does not: a seed decides what comes after what. */
export const simInflate: Inflate = async deflated => inflateRawSync(deflated)

/** A WebSocket class whose connections go from `from` to the relay of a simulated network. */
export function simWebSocket(net: SimNet, from: string, accept: Accept): typeof WebSocket {
  class SimSocket {
    readonly OPEN = 1
    readyState = 0
    binaryType = 'arraybuffer'
    onopen: () => void = () => {}
    onmessage: (event: { data: Uint8Array }) => void = () => {}
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: (event: unknown) => void = () => {}
    #end: End | null = null

    constructor(url: string, protocols: readonly string[]) {
      const boardId = url.slice(url.lastIndexOf('/') + 1)
      const takes = (end: End) => accept(end, boardId, protocols[0] ?? '')
      net.dial(from, 'relay', takes, end => this.#connected(end))
    }

    send(bytes: Uint8Array): void {
      this.#end?.send(bytes)
    }

    close(): void {
      if (this.readyState > 1) return
      const code = this.readyState === 0 ? 1006 : 1000
      this.readyState = 2
      this.#end?.close(1000, '')
      queueMicrotask(() => this.#ended(code, ''))
    }

    #connected(end: End | null): void {
      if (this.readyState !== 0) return end?.close(1000, '')
      if (!end) return this.#ended(1006, '')
      this.#end = end
      end.onMessage = data => this.onmessage({ data })
      end.onClose = (code, reason) => this.#ended(code, reason)
      this.readyState = 1
      this.onopen()
    }

    #ended(code: number, reason: string): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.onclose?.({ code, reason })
    }
  }
  return SimSocket as unknown as typeof WebSocket
}
