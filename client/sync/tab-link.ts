import * as v from 'valibot'
import * as Y from 'yjs'
import type { Counts } from './ack-ledger.ts'
import { browserChannel, type OpenChannel, type TabChannel } from './tab-channel.ts'

export interface TabLinkOptions {
  readonly doc: Y.Doc
  /** Of this tab: no other has it. */
  readonly self: number
  /** The same for all tabs that hold the document. */
  readonly name: string
  /** Takes an update in. Returns false, and takes nothing that is incomplete, when it builds on something missing. */
  readonly apply: (update: Uint8Array, kind: 'update' | 'state', origin: unknown) => boolean
  readonly openChannel?: OpenChannel
  /** Told when the document has come to hold the first `count` changes of another tab, and they have been sent on. */
  readonly onHeld?: (tab: number, count: number) => void
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const bytes = v.custom<Uint8Array>(value => value instanceof Uint8Array)

/** `count`: how many changes the sender had told by then, this one included. */
const messageSchema = v.variant('type', [
  /** Wants what it lacks, from one tab or from all (null). */
  v.object({ type: v.literal('ask'), from: whole, to: v.nullable(whole), stateVector: bytes }),
  /** All that the sender has and the asker lacks. */
  v.object({ type: v.literal('state'), from: whole, to: whole, update: bytes, count: whole }),
  v.object({ type: v.literal('update'), from: whole, update: bytes, count: whole }),
])

type Message = v.InferOutput<typeof messageSchema>
type State = Extract<Message, { readonly type: 'state' }>
type Update = Extract<Message, { readonly type: 'update' }>

/**
 * Keeps one document in step in all tabs of a browser, without any network.
 *
 * 1. Every change that did not come from another tab is told to all others, and counted.
 * 2. A tab that starts, or wakes up, asks all for what it lacks; each answers, and asks it in turn.
 * 3. Who has heard a tab's changes 1 to n, each whole, holds n of it. A change that is missing, or that builds on
 *    something missing, makes them ask that tab: its answer holds all that it had told.
 * 4. All hear all answers; what they already have changes nothing.
 */
export class TabLink {
  readonly #options: TabLinkOptions
  readonly #held = new Map<number, number>()
  readonly #asked = new Set<number>()
  #told = 0
  #channel: TabChannel | null = null

  /** Counts from now on; hears and tells nothing until `open`. */
  constructor(options: TabLinkOptions) {
    this.#options = options
    options.doc.on('update', this.#onUpdate)
  }

  /** Changes that this tab has told the others, or would have. */
  get told(): number {
    return this.#told
  }

  /** What the document holds of each tab, this one included. */
  get held(): Counts {
    return new Map(this.#held).set(this.#options.self, this.#told)
  }

  open(): void {
    const { name, openChannel = browserChannel } = this.#options
    this.#channel = openChannel(name, message => this.#receive(message))
    this.resync()
  }

  /** Rule 2. To be called after the browser held this tab asleep. */
  resync(): void {
    this.#asked.clear()
    this.#ask(null)
  }

  /** Forgets a tab that is gone. */
  forget(tab: number): void {
    this.#held.delete(tab)
    this.#asked.delete(tab)
  }

  destroy(): void {
    this.#options.doc.off('update', this.#onUpdate)
    this.#channel?.close()
    this.#channel = null
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return
    this.#told += 1
    this.#post({ type: 'update', from: this.#options.self, update, count: this.#told })
  }

  /** From another tab of this origin, perhaps of another version of the app: what cannot be read is not for us. */
  #receive(data: unknown): void {
    const { success, output } = v.safeParse(messageSchema, data)
    if (!success) return
    try {
      this.#onMessage(output)
    } catch (error) {
      console.warn('What another tab said could not be taken in.', error)
    }
  }

  #onMessage(message: Message): void {
    switch (message.type) {
      case 'ask':
        return this.#onAsk(message)
      case 'state':
        return this.#onState(message)
      case 'update':
        return this.#onChange(message)
      default:
        message satisfies never
    }
  }

  #onAsk({ from, to, stateVector }: Message & { type: 'ask' }): void {
    const { doc, self } = this.#options
    if (to !== null && to !== self) return
    const update = Y.encodeStateAsUpdate(doc, stateVector)
    this.#post({ type: 'state', from: self, to: from, update, count: this.#told })
    if (to === null) this.#ask(from)
  }

  #onState({ from, to, update, count }: State): void {
    this.#options.apply(update, 'state', this)
    if (to !== this.#options.self) return
    this.#asked.delete(from)
    // What its sender lacks too, it has not told.
    this.#hold(from, count)
  }

  #onChange({ from, update, count }: Update): void {
    const isWhole = this.#options.apply(update, 'update', this)
    const held = this.#held.get(from)
    if (held !== undefined && count <= held) return
    if (isWhole && held !== undefined && count === held + 1) this.#hold(from, count)
    else this.#ask(from)
  }

  #hold(tab: number, count: number): void {
    if (count < (this.#held.get(tab) ?? 0)) return
    this.#held.set(tab, count)
    this.#options.onHeld?.(tab, count)
  }

  /** One question to a tab at a time: its answer holds what it has told by then. */
  #ask(to: number | null): void {
    if (to !== null) {
      if (this.#asked.has(to)) return
      this.#asked.add(to)
    }
    const { doc, self } = this.#options
    this.#post({ type: 'ask', from: self, to, stateVector: Y.encodeStateVector(doc) })
  }

  #post(message: Message): void {
    this.#channel?.post(message)
  }
}

/** Keeps a document that is no board in step in all tabs. Returns its own undo. */
export function linkTabs(doc: Y.Doc, name: string): () => void {
  const link = new TabLink({
    doc,
    self: doc.clientID,
    name: `driftboard:${name}`,
    // What waits for something missing is kept by Yjs itself.
    apply(update, _kind, origin) {
      Y.applyUpdate(doc, update, origin)
      return doc.store.pendingStructs === null && doc.store.pendingDs === null
    },
  })
  link.open()
  return () => link.destroy()
}
