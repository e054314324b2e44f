import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { applyForeignUpdate } from './foreign-update.ts'
import type { PresenceChange } from './peer-hub.ts'
import { decodePeerMessage, encodePeerMessages, type PeerMessage } from './peer-message.ts'
import { applyPresence } from './remote-presence.ts'

export interface TabLinkOptions {
  readonly doc: Y.Doc
  readonly boardId: string
  /** The presence of this browser's other tabs, and nothing else. */
  readonly awareness: Awareness
}

/**
 * Keeps the tabs of one browser in step without any network. All tabs hear all messages, so an answer to
 * one of them serves the others too; what they already have changes nothing.
 */
export class TabLink {
  readonly #options: TabLinkOptions
  readonly #channel: BroadcastChannel

  constructor(options: TabLinkOptions) {
    this.#options = options
    this.#channel = new BroadcastChannel(`driftboard:${options.boardId}`)
    this.#channel.onmessage = ({ data }) => this.#receive(data)
    options.doc.on('update', this.#onUpdate)
    options.awareness.on('update', this.#onPresence)
    this.resync()
  }

  /** Asks the other tabs for what this one lacks: at start, and after the browser held this tab asleep. */
  resync(): void {
    this.#askForState()
    this.#postPresence([this.#options.awareness.clientID])
  }

  destroy(): void {
    this.#options.doc.off('update', this.#onUpdate)
    this.#options.awareness.off('update', this.#onPresence)
    this.#channel.close()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this) this.#post({ type: 'update', update })
  }

  readonly #onPresence = ({ added, updated, removed }: PresenceChange, origin: unknown): void => {
    if (origin === 'local') this.#postPresence([...added, ...updated, ...removed])
  }

  /** Another tab of this origin, perhaps of another version of the app: what it says and we cannot read is not for us. */
  #receive(data: unknown): void {
    if (!(data instanceof Uint8Array)) return
    try {
      this.#onMessage(decodePeerMessage(data))
    } catch (error) {
      console.warn('A message from another tab could not be read.', error)
    }
  }

  #onMessage(message: PeerMessage): void {
    const { doc, awareness } = this.#options
    switch (message.type) {
      case 'syncStep1':
        this.#post({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, message.stateVector) })
        this.#postPresence([awareness.clientID])
        if (isAhead(message.stateVector, doc)) this.#askForState()
        return
      case 'syncStep2':
        applyForeignUpdate(doc, message, this)
        return
      case 'update':
        if (!applyForeignUpdate(doc, message, this)) this.#askForState()
        return
      case 'awareness':
        applyPresence(awareness, message.update, this)
        return
      case 'relay':
        return
      default:
        message satisfies never
    }
  }

  #askForState(): void {
    this.#post({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.#options.doc) })
  }

  #postPresence(clients: readonly number[]): void {
    const { awareness } = this.#options
    const known = clients.filter(client => awareness.meta.has(client))
    this.#post({ type: 'awareness', update: encodeAwarenessUpdate(awareness, known) })
  }

  #post(message: PeerMessage): void {
    for (const bytes of encodePeerMessages(message) ?? []) this.#channel.postMessage(bytes)
  }
}

/** Whether a state vector holds changes that the document lacks. */
function isAhead(stateVector: Uint8Array, doc: Y.Doc): boolean {
  const ours = Y.decodeStateVector(Y.encodeStateVector(doc))
  return [...Y.decodeStateVector(stateVector)].some(([client, clock]) => clock > (ours.get(client) ?? 0))
}
