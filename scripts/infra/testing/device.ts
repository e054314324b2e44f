import { WebSocket } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { RelayLink } from '../../../client/sync/relay-link.ts'
import { addRectangle } from '../../../shared/protocol/document.testing.ts'
import { systemClock } from '../../../shared/util/clock.ts'
import { secureRandom } from '../../../shared/util/random.ts'

/** A board on a person's device, with the app's own link to the relay: one that is cut off comes back by itself. */
export class Device {
  readonly #doc = new Y.Doc()
  readonly #awareness = new Awareness(this.#doc)
  readonly #link: RelayLink

  /** @param site host and port of plain HTTP. */
  constructor(site: string, boardId: string, key: string) {
    this.#link = new RelayLink({
      doc: this.#doc,
      boardId,
      url: `ws://${site}/sync`,
      awareness: this.#awareness,
      clock: systemClock,
      random: secureRandom,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      credential: () => key,
    })
    this.#link.connect()
  }

  get shapes(): string[] {
    return [...this.#doc.getMap('shapes').keys()].sort()
  }

  /** Whether it has what the relay has. */
  get isSynced(): boolean {
    return this.#link.state.at === 'synced'
  }

  /** Whether all that it has is on the relay's disk. */
  get isDurable(): boolean {
    const { state } = this.#link
    return state.at === 'synced' && state.durable
  }

  /** Whether all that it has is in the store of snapshots. */
  get isInSnapshot(): boolean {
    const { state } = this.#link
    return state.at === 'synced' && state.inSnapshot === true
  }

  draw(shape: string): void {
    addRectangle(this.#doc, shape)
  }

  leave(): void {
    this.#link.destroy()
    this.#awareness.destroy()
    this.#doc.destroy()
  }
}
