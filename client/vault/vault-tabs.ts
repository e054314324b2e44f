import * as v from 'valibot'
import { newId } from '../../shared/util/ids.ts'
import type { Random } from '../../shared/util/random.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { KEY_BYTES } from './key-bytes.ts'

/** What of a BroadcastChannel the tabs of a vault need. */
export type TabChannel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>

const vault = v.string()
const key = v.pipe(
  v.instance(Uint8Array),
  v.check(bytes => bytes.length === KEY_BYTES),
  v.transform(bytes => new Uint8Array(bytes)),
)

const Message = v.variant('type', [
  /** Who is open, send the key under this number. */
  v.object({ type: v.literal('ask'), vault, ask: v.string() }),
  v.object({ type: v.literal('answer'), vault, ask: v.string(), key }),
  /** The person has just unlocked the vault in a tab, which unlocks it in all. */
  v.object({ type: v.literal('unlocked'), vault, key }),
  v.object({ type: v.literal('lock'), vault }),
  /** The record was written. */
  v.object({ type: v.literal('changed') }),
  v.object({ type: v.literal('touch'), vault, at: v.number() }),
  /** A passphrase was tried, and counted if it was wrong. */
  v.object({ type: v.literal('tried') }),
])

type Message = v.InferOutput<typeof Message>

/** ms between two messages that say to the other tabs that the person is here. */
const TOUCH_EVERY = 3_000

/** The vault in this tab, as the other tabs meet it. */
export interface TabVault {
  /** Null while there is no record. */
  readonly id: string | null
  /** Null while it is locked. */
  readonly key: Uint8Array<ArrayBuffer> | null
  /** Another tab has given the key, or what it holds for it. */
  onKey(key: Uint8Array<ArrayBuffer>): void
  onLock(): void
  onChanged(): void
  onTried(): void
  onTouch(at: number): void
}

/**
 * What the tabs of one browser tell each other about the vault. The key is in these messages: they stay in memory, and
 * reach nobody but pages of this very origin, which could ask the vault itself.
 */
export class VaultTabs {
  readonly #vault: TabVault
  readonly #random: Random
  #channel: TabChannel | null
  /** The number under which this tab asked for the key; null when it takes no answer. */
  #ask: string | null = null
  #lastTouch = Number.NEGATIVE_INFINITY

  constructor(channel: TabChannel | null, vault: TabVault, random: Random) {
    this.#vault = vault
    this.#random = random
    this.#channel = channel
    if (!channel) return
    channel.onmessage = ({ data }) => {
      const parsed = v.safeParse(Message, data)
      // Perhaps of another version of the app: what cannot be read is not for this one.
      if (parsed.success) this.#receive(parsed.output)
    }
  }

  /** Asks the tabs that have the vault open for its key. */
  ask(vault: string): void {
    this.#ask = newId(this.#random)
    this.#post({ type: 'ask', vault, ask: this.#ask })
  }

  /** Takes no answers any more: those under way belong to the time before a lock. */
  stopAsking(): void {
    this.#ask = null
  }

  unlocked(vault: string, key: Uint8Array<ArrayBuffer>): void {
    this.#post({ type: 'unlocked', vault, key })
  }

  lock(vault: string): void {
    this.#post({ type: 'lock', vault })
  }

  changed(): void {
    this.#post({ type: 'changed' })
  }

  tried(): void {
    this.#post({ type: 'tried' })
  }

  touched(vault: string, at: number): void {
    if (at >= this.#lastTouch && at - this.#lastTouch < TOUCH_EVERY) return
    this.#lastTouch = at
    this.#post({ type: 'touch', vault, at })
  }

  close(): void {
    this.#channel?.close()
    this.#channel = null
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message)
  }

  #receive(message: Message): void {
    if (message.type === 'changed') return this.#vault.onChanged()
    if (message.type === 'tried') return this.#vault.onTried()
    const { id, key } = this.#vault
    if (message.vault !== id) return
    switch (message.type) {
      case 'ask':
        if (key) this.#post({ type: 'answer', vault: id, ask: message.ask, key })
        return
      case 'answer':
        if (message.ask === this.#ask) this.#vault.onKey(message.key)
        return
      case 'unlocked':
        return this.#vault.onKey(message.key)
      case 'lock':
        return this.#vault.onLock()
      case 'touch':
        return this.#vault.onTouch(message.at)
      default:
        return unreachable(message)
    }
  }
}
