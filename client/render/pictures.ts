import type { Texture } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import { affordableLevel, bytesAt, sizeAt } from './picture-level.ts'

/** Where the bytes of pictures come from. */
export interface PictureSource {
  /** Null when they are nowhere yet. */
  get(asset: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Calls back when there is what `get` did not have. Returns its own undo. */
  onArrival(listener: (asset: string) => void): () => void
}

/** For a renderer of boards without pictures. */
export const NO_PICTURES: PictureSource = { get: async () => null, onArrival: () => () => {} }

export type PictureState =
  | { readonly at: 'here'; readonly texture: Texture }
  | { readonly at: 'loading' }
  /** Its bytes are not on this device, nor at a relay in reach. */
  | { readonly at: 'absent' }
  /** Its bytes are no picture that this browser can read. */
  | { readonly at: 'broken' }

/** Somebody who shows a picture. */
export interface PictureUser {
  /** The picture looks otherwise. A texture that it had before is gone once this returns. */
  pictureChanged(state: PictureState): void
}

/** A picture that was decoded. */
export interface Decoded {
  readonly texture: Texture
  destroy(): void
}

/** Decodes to `size` pixels. Rejects when the bytes are no picture. */
export type Decode = (bytes: Uint8Array<ArrayBuffer>, size: Vec) => Promise<Decoded>

/** Bytes of decoded pictures, on the GPU and beside it: what one screen shows many times over, and a phone can give. */
const BUDGET = 256 * 2 ** 20
/** Bytes of those that nobody shows, kept for when the camera comes back. */
const IDLE_BUDGET = 64 * 2 ** 20
/** Pictures that are read and decoded at a time: more would only make the first one wait. */
const AT_ONCE = 4
/** A texture this many levels finer than anybody needs takes memory for nothing: sixteen times as much. */
const TOO_FINE = 2

interface Shown {
  readonly decoded: Decoded
  readonly level: number
  readonly bytes: number
}

interface Entry {
  readonly asset: string
  readonly natural: Vec
  /** The level that each needs. */
  readonly users: Map<PictureUser, number>
  shown: Shown | null
  state: Exclude<PictureState, { readonly at: 'here' }>
}

/**
 * The textures of the pictures that are shown, each decoded as small as is needed.
 *
 * 1. One texture for each picture, however many show it; a finer one takes its place when it is there.
 * 2. What nobody shows is kept within its budget, then destroyed.
 * 3. All together stay within a budget: when little is left, pictures are decoded coarser.
 */
export class Pictures {
  readonly #entries = new Map<string, Entry>()
  /** To be decoded, the first asked for first. */
  readonly #queue = new Set<Entry>()
  readonly #loading = new Set<Entry>()
  #bytes = 0
  readonly #stop: () => void

  constructor(
    private readonly source: PictureSource,
    private readonly decode: Decode,
    /** The picture looks otherwise now. */
    private readonly changed: (asset: string) => void,
  ) {
    this.#stop = source.onArrival(asset => this.#arrived(asset))
  }

  /** Textures there are, shown or idle. */
  get count(): number {
    return [...this.#entries.values()].filter(entry => entry.shown).length
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.#bytes
  }

  /** Shows `user` the picture from now on until `release`, at least as fine as `level`. Returns what there is now. */
  hold(user: PictureUser, asset: string, natural: Vec, level: number): PictureState {
    const entry = this.#entries.get(asset) ?? {
      asset,
      natural,
      users: new Map(),
      shown: null,
      state: LOADING,
    }
    this.#entries.set(asset, entry)
    entry.users.set(user, level)
    if (this.#isWanted(entry)) this.#ask(entry)
    return stateOf(entry)
  }

  release(user: PictureUser, asset: string): void {
    const entry = this.#entries.get(asset)
    if (!entry?.users.delete(user) || entry.users.size > 0) return
    this.#queue.delete(entry)
    // The newest of the idle ones goes last.
    this.#entries.delete(asset)
    if (entry.shown) this.#entries.set(asset, entry)
    this.#trim(IDLE_BUDGET)
  }

  /** Destroys what nobody shows. */
  clearIdle(): void {
    this.#trim(0)
  }

  /** Destroys everything; nobody shows any of it any more. */
  destroy(): void {
    this.#stop()
    this.#queue.clear()
    for (const entry of this.#entries.values()) this.#drop(entry)
    this.#entries.clear()
  }

  /** Whether decoding anew would give something else, and better, than what there is. */
  #isWanted(entry: Entry): boolean {
    if (entry.state.at !== 'loading' || entry.users.size === 0 || this.#loading.has(entry)) return false
    const { shown } = entry
    if (!shown) return true
    const level = this.#levelOf(entry)
    return level < shown.level || level >= shown.level + TOO_FINE
  }

  #levelOf({ natural, users, shown }: Entry): number {
    const idle = this.#idle().reduce((sum, entry) => sum + (entry.shown?.bytes ?? 0), 0)
    const others = this.#bytes - (shown?.bytes ?? 0) - idle
    return affordableLevel(natural, Math.min(...users.values()), BUDGET - others)
  }

  #idle(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ users }) => users.size === 0)
  }

  #arrived(asset: string): void {
    const entry = this.#entries.get(asset)
    if (entry?.state.at !== 'absent') return
    entry.state = LOADING
    this.#ask(entry)
  }

  #ask(entry: Entry): void {
    this.#queue.add(entry)
    this.#work()
  }

  #work(): void {
    for (const entry of this.#queue) {
      if (this.#loading.size >= AT_ONCE) return
      this.#queue.delete(entry)
      if (!this.#isWanted(entry)) continue
      this.#loading.add(entry)
      void this.#load(entry, this.#levelOf(entry)).finally(() => {
        this.#loading.delete(entry)
        // Who shows it may need a finer one by now.
        if (this.#entries.get(entry.asset) === entry && this.#isWanted(entry)) this.#queue.add(entry)
        this.#work()
      })
    }
  }

  async #load(entry: Entry, level: number): Promise<void> {
    const decoded = await this.#decoded(entry, level)
    const isShown = this.#entries.get(entry.asset) === entry && entry.users.size > 0
    if (!isShown) {
      if (typeof decoded !== 'string') decoded.destroy()
      return
    }
    if (typeof decoded === 'string') {
      entry.state = { at: decoded }
      this.#tell(entry)
      return
    }
    const before = entry.shown
    entry.shown = { decoded, level, bytes: bytesAt(entry.natural, level) }
    this.#bytes += entry.shown.bytes
    this.#tell(entry)
    if (before) this.#destroyShown(before)
    this.#trim(IDLE_BUDGET)
  }

  async #decoded({ asset, natural }: Entry, level: number): Promise<Decoded | 'absent' | 'broken'> {
    try {
      const bytes = await this.source.get(asset)
      return bytes ? await this.decode(bytes, sizeAt(natural, level)) : 'absent'
    } catch {
      return 'broken'
    }
  }

  #tell(entry: Entry): void {
    const state = stateOf(entry)
    for (const user of [...entry.users.keys()]) user.pictureChanged(state)
    this.changed(entry.asset)
  }

  /** Destroys idle textures, the oldest first, until no more than `most` bytes of them are left. */
  #trim(most: number): void {
    const idle = this.#idle()
    let bytes = idle.reduce((sum, entry) => sum + (entry.shown?.bytes ?? 0), 0)
    for (const entry of idle) {
      if (bytes <= most && this.#bytes <= BUDGET) return
      bytes -= entry.shown?.bytes ?? 0
      this.#entries.delete(entry.asset)
      this.#drop(entry)
    }
  }

  #drop(entry: Entry): void {
    if (entry.shown) this.#destroyShown(entry.shown)
    entry.shown = null
  }

  #destroyShown({ decoded, bytes }: Shown): void {
    this.#bytes -= bytes
    decoded.destroy()
  }
}

const LOADING = { at: 'loading' } as const

const stateOf = ({ shown, state }: Entry): PictureState =>
  shown ? { at: 'here', texture: shown.decoded.texture } : state
