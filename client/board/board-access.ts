import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64UrlEncoded } from 'lib0/buffer'
import { CLOSE } from '../../shared/protocol/close.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import type { Role } from '../../shared/protocol/role.ts'
import type { Random } from '../../shared/util/random.ts'
import type { Credential } from './credential.ts'
import { type Keyring, withAccepted, withOpened } from './keyring.ts'
import type { Library } from './library.ts'

/** A token, and what the relay last said that it allows; null before it has said so. */
export interface HeldToken {
  readonly text: string
  readonly role: Role | null
}

/** Keeps the token of a board for as long as its tab is open: a reload must not ask for a new one. */
export interface TokenMemory {
  read(board: string): HeldToken | null
  write(board: string, token: HeldToken | null): void
}

export interface BoardAccessOptions {
  readonly board: string
  /** What the link held that was opened; null for none. */
  readonly opened: Credential | null
  readonly library: Library
  /** Resolves once the library holds what the device has. */
  readonly libraryLoaded: Promise<void>
  readonly tokens: TokenMemory
  readonly random: Random
}

/** What the relay said on letting us in. `epoch` is null where it looked at no key. */
interface Welcome {
  readonly role: Role
  readonly epoch: number | null
}

/** What is shown to the relay. */
type Presented =
  | { readonly by: 'key'; readonly keys: Keyring; readonly at: number }
  | { readonly by: 'token'; readonly token: HeldToken }
  | { readonly by: 'nothing' }

/** What a link to this board can hold for others. */
export type Shareable =
  /** The key of the person here, from which those of lower roles follow. */
  | { readonly by: 'key'; readonly key: BoardKey; readonly epoch: number }
  /** The relay lets in everybody who knows the address, whatever key it holds. */
  | { readonly by: 'address'; readonly key: BoardKey | null; readonly epoch: number }
  /** The relay asks for something that is no link's to hold: a token, or a key that this device lacks. */
  | { readonly by: 'nothing' }

/**
 * What this page presents to open its board, and what the person may do there.
 *
 * 1. A device that makes a board, or has had it since before there were keys, holds its owner key; the first owner key that
 *    the relay sees claims the board.
 * 2. Of several keys the next is tried when the relay refuses one, and the one that it takes goes first from then on.
 *    None is thrown away for being refused: a relay can be wrong, and a key cannot be had again.
 * 3. The relay says what the person may do. Until it does, the key says so, and a token nothing.
 * 4. All tabs of this browser that present keys share them: what one keeps, or puts first, the others take over.
 */
export class BoardAccess {
  /** Resolves once it is known what to present. */
  readonly ready: Promise<void>
  readonly #options: BoardAccessOptions
  readonly #listeners = new Set<(isAnotherKey: boolean) => void>()
  readonly #stop: () => void
  #presented: Presented = { by: 'nothing' }
  #epoch = 0
  #welcome: Welcome | null = null
  /** Whether the relay has let us in with what is presented now. */
  #isIn = false
  /** Whether it is known what this device holds. */
  #isLoaded = false

  constructor(options: BoardAccessOptions) {
    this.#options = options
    if (options.opened?.kind === 'key') this.#present([options.opened.key])
    this.ready = options.libraryLoaded.then(() => this.#load())
    this.#stop = options.library.subscribe(() => this.#onLibrary())
  }

  destroy(): void {
    this.#stop()
    this.#listeners.clear()
  }

  /** The same for all tabs that may enter by one connection: those with keys, or those with one token. Known once `ready` is. */
  get group(): string {
    if (this.#presented.by !== 'token') return 'keys'
    return toBase64UrlEncoded(sha256(new TextEncoder().encode(this.#presented.token.text)))
  }

  /** The text to show to the relay; null for none. Not for logs, nor for addresses. */
  get credential(): string | null {
    return this.#presented.by === 'token' ? this.#presented.token.text : (this.#key?.text ?? null)
  }

  get role(): Role {
    if (this.#welcome) return this.#welcome.role
    if (this.#presented.by === 'token') return this.#presented.token.role ?? 'viewer'
    // Without a key nobody can tell: what is drawn is this device's until the relay says otherwise.
    return this.#key?.role ?? 'editor'
  }

  get shareable(): Shareable {
    const key = this.#key ?? null
    const epoch = this.#epoch
    if (this.#presented.by === 'token') return { by: 'nothing' }
    if (this.#welcome && this.#welcome.epoch === null) return { by: 'address', key, epoch }
    return key ? { by: 'key', key, epoch } : { by: 'nothing' }
  }

  /** The owner's key, for replacing the links; null for everybody else. */
  get ownerKey(): BoardKey | null {
    const shareable = this.shareable
    return shareable.by === 'key' && shareable.key.role === 'owner' ? shareable.key : null
  }

  /**
   * Called after anything here has changed; `isAnotherKey`: another tab has put another key first, which is to be presented.
   * Returns its own undo.
   */
  subscribe(listener: (isAnotherKey: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The relay let us in. */
  welcomed({ role, epoch }: Welcome): void {
    this.#welcome = { role, epoch }
    this.#isIn = true
    if (epoch !== null) this.#epoch = epoch
    if (this.#presented.by === 'key' && epoch !== null) this.#accept(this.#presented)
    if (this.#presented.by === 'token') this.#hold({ ...this.#presented.token, role })
    this.#tell()
  }

  /** The relay let another tab in, whose connection this one shares. */
  sharedWelcome({ role, epoch }: Welcome): void {
    this.#welcome = { role, epoch }
    if (epoch !== null) this.#epoch = epoch
    this.#tell()
  }

  /** The relay closed us out with `code`. Returns whether there is something else to present, at once. */
  refused(code: number): boolean {
    const isOut = code === CLOSE.revoked || (code === CLOSE.refused && !this.#isIn)
    this.#isIn = false
    if (!isOut || this.#presented.by !== 'key') return false
    const { keys, at } = this.#presented
    const hasNext = at + 1 < keys.length
    // What the person was told they may do stands, unless another key says otherwise.
    if (hasNext) this.#welcome = null
    this.#presented = { by: 'key', keys, at: hasNext ? at + 1 : 0 }
    this.#tell()
    return hasNext
  }

  /** The owner has replaced the links, from here. */
  rotated(epoch: number): void {
    this.#epoch = epoch
    if (this.#presented.by === 'key') this.#keep(this.#presented.keys)
    this.#tell()
  }

  get #key(): BoardKey | undefined {
    return this.#presented.by === 'key' ? this.#presented.keys[this.#presented.at] : undefined
  }

  /** Rule 4. */
  #onLibrary(): void {
    if (!this.#isLoaded || this.#presented.by === 'token') return
    const entry = this.#options.library.entry(this.#options.board)
    if (!entry?.keys || entry.keys.length === 0) return
    const held = this.#presented.by === 'key' ? this.#presented.keys : []
    const isKnown = textsOf(held) === textsOf(entry.keys) && entry.epoch === this.#epoch
    if (isKnown) return
    const before = this.credential
    const [first] = entry.keys
    // Another key is presented only when another tab has put it first.
    const at = first?.text === held[0]?.text ? entry.keys.findIndex(({ text }) => text === before) : 0
    this.#epoch = Math.max(this.#epoch, entry.epoch)
    this.#presented = { by: 'key', keys: entry.keys, at: Math.max(at, 0) }
    const isAnotherKey = this.credential !== before
    if (isAnotherKey) {
      this.#welcome = null
      this.#isIn = false
    }
    this.#tell(isAnotherKey)
  }

  #load(): void {
    const { board, opened, library, tokens, random } = this.#options
    const entry = library.entry(board)
    const isFromBeforeKeys = entry !== undefined && entry.keys === undefined
    const held = isFromBeforeKeys ? [newOwnerKey(random)] : (entry?.keys ?? [])
    this.#epoch = entry?.epoch ?? 0
    const keys =
      opened?.kind === 'key' && !this.#follows(held, opened.key) ? withOpened(held, opened.key) : held
    this.#keep(keys)
    const token = opened?.kind === 'token' ? { text: opened.text, role: null } : tokens.read(board)
    if (token && opened?.kind !== 'key') this.#hold(token)
    else {
      tokens.write(board, null)
      this.#present(keys)
    }
    this.#isLoaded = true
    this.#tell()
  }

  /** Whether the key is one that an owner's here gives out: the address of their own board holds it. */
  #follows(held: Keyring, { role, text }: BoardKey): boolean {
    return held.some(
      key => key.role === 'owner' && deriveKey(key, this.#options.board, role, this.#epoch).text === text,
    )
  }

  #accept({ keys, at }: Presented & { by: 'key' }): void {
    const accepted = withAccepted(keys, keys[at] as BoardKey)
    this.#presented = { by: 'key', keys: accepted, at: 0 }
    this.#keep(accepted)
  }

  #present(keys: Keyring): void {
    this.#presented = keys.length > 0 ? { by: 'key', keys, at: 0 } : { by: 'nothing' }
  }

  #hold(token: HeldToken): void {
    this.#presented = { by: 'token', token }
    this.#options.tokens.write(this.#options.board, token)
  }

  #keep(keys: Keyring): void {
    this.#options.library.keep(this.#options.board, keys, this.#epoch)
  }

  #tell(isAnotherKey = false): void {
    for (const listener of [...this.#listeners]) listener(isAnotherKey)
  }
}

const textsOf = (keys: Keyring): string => keys.map(({ text }) => text).join()
