import { type Backoff, retryDelay } from '../../../shared/util/backoff.ts'
import type { Clock } from '../../../shared/util/clock.ts'
import type { Random } from '../../../shared/util/random.ts'
import { Cell, type Readable, sameFlat } from '../../../shared/util/readable.ts'
import type { BoardFiles } from '../local-store.ts'
import { ByteCache } from './byte-cache.ts'
import { sha256Hex } from './digest.ts'
import { ImageFiles } from './image-files.ts'
import type { RemoteAssets } from './relay-assets.ts'
import { Uploads } from './uploads.ts'

/** What the relay can be asked now. */
export interface AssetLink {
  readonly canRead: boolean
  readonly canWrite: boolean
}

/** Where the images that were put on the board here are. */
export interface AssetsState {
  readonly device: 'saved' | 'saving' | 'failed'
  /** For the person, where the device could not take an image. */
  readonly message: string
  /** Images that the relay does not have yet. */
  readonly waiting: number
}

export interface BoardAssetsOptions {
  readonly files: BoardFiles
  readonly remote: RemoteAssets
  readonly link: Readable<AssetLink>
  readonly clock: Clock
  readonly random: Random
  /** The relay will not have an image. It stays on this device; the reason is for the person. */
  readonly onRefused: (reason: string) => void
}

/** Bytes of encoded images in memory: enough for what one looks at, whatever the board holds. */
const MEMORY = 64 * 2 ** 20
/** A full disk may have room again soon; another tab may be storing the image this very moment. */
const RETRY: Backoff = { first: 500, max: 30_000 }
/** ms. A board may name any number of images that nobody has: all of them together are asked for this rarely. */
const LOOK_EVERY = 200

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The images of one board, by the SHA-256 of their bytes.
 *
 * 1. What is put here is there at once. It stays in memory until this device has it, however often that has to be tried; only
 *    after the first try is it to be named on the board, so that a tab that is closed at once leaves no image without bytes.
 * 2. What the relay has not confirmed is remembered on this device, and sent when the link and the role allow it.
 * 3. What comes from the relay is what its name says, or is not taken.
 * 4. What the board shows and this device lacks is fetched one after another, so that it is there without a network too.
 * 5. What was asked for and is nowhere is looked for again, later and later; `onArrival` says when it is there.
 */
export class BoardAssets implements Readable<AssetsState> {
  readonly #options: BoardAssetsOptions
  readonly #own: ImageFiles
  /** Other boards of this device that images may have been copied from. */
  readonly #others = new Set<ImageFiles>()
  readonly #memory = new ByteCache(MEMORY)
  readonly #uploads: Uploads
  readonly #cell = new Cell<AssetsState>({ device: 'saved', message: '', waiting: 0 }, sameFlat)
  readonly #finding = new Map<string, Promise<Bytes | null>>()
  readonly #storing = new Set<string>()
  /** Known to the board: on this device, or on their way there. */
  readonly #known = new Set<string>()
  readonly #toFetch = new Set<string>()
  #isFetching = false
  readonly #wanted = new Map<string, { readonly attempt: number; readonly stop: () => void }>()
  readonly #listeners = new Set<(hash: string) => void>()
  readonly #stops = new Set<() => void>()
  #failure = ''
  #isDestroyed = false

  constructor(options: BoardAssetsOptions) {
    const { remote, link, clock, random } = options
    this.#options = options
    this.#own = new ImageFiles(options.files)
    this.#uploads = new Uploads({
      ...{ remote, clock, random },
      mayWrite: () => link.state.canWrite,
      read: async hash => this.#memory.get(hash) ?? (await this.#own.get(hash)),
      onDone: hash => void this.#own.markSent(hash).catch(() => {}),
      onRefused: options.onRefused,
      onChange: () => this.#evaluate(),
    })
    this.#stops.add(link.subscribe(() => this.#onLink()))
    void this.#resume()
  }

  get state(): AssetsState {
    return this.#cell.state
  }

  subscribe(listener: (state: AssetsState) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  /** Called with the hash of an image that was asked for in vain, and is there now. Returns its own undo. */
  onArrival(listener: (hash: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Takes in an image; its bytes must not be changed any more. Resolves to its hash, when this device has it or could not take
   * it.
   */
  async put(bytes: Bytes): Promise<string> {
    const hash = await sha256Hex(bytes)
    if (this.#isDestroyed) return hash
    await this.#takeIn(hash, bytes)
    return hash
  }

  /** Looks for what is missing here on another board of this device too. */
  lookIn(files: BoardFiles): void {
    this.#others.add(new ImageFiles(files))
    void this.#lookAgain()
  }

  /** Has these images come to this device when there is nothing else to do. */
  follow(hashes: Iterable<string>): void {
    for (const hash of hashes) {
      if (this.#known.has(hash)) continue
      this.#known.add(hash)
      this.#toFetch.add(hash)
    }
    void this.#fetchNext()
  }

  /** The bytes of an image; null when it is nowhere yet. */
  get(hash: string): Promise<Bytes | null> {
    const held = this.#memory.get(hash)
    if (held) return Promise.resolve(held)
    const finding = this.#finding.get(hash) ?? this.#find(hash).finally(() => this.#finding.delete(hash))
    this.#finding.set(hash, finding)
    return finding
  }

  destroy(): void {
    this.#isDestroyed = true
    for (const stop of this.#stops) stop()
    for (const { stop } of this.#wanted.values()) stop()
    this.#uploads.destroy()
    this.#listeners.clear()
    this.#cell.clear()
  }

  async #fetchNext(): Promise<void> {
    if (this.#isFetching || this.#isDestroyed || !this.#options.link.state.canRead) return
    this.#isFetching = true
    const held = await this.#own.held().catch(() => new Set<string>())
    for (const hash of this.#toFetch) {
      if (this.#isDestroyed || !this.#options.link.state.canRead) break
      this.#toFetch.delete(hash)
      if (!held.has(hash)) await this.get(hash)
    }
    this.#isFetching = false
  }

  async #resume(): Promise<void> {
    this.#uploads.resume(await this.#own.unsent().catch(() => []))
  }

  /** Resolves after the first try to keep it. */
  #takeIn(hash: string, bytes: Bytes): Promise<void> {
    this.#known.add(hash)
    this.#memory.pin(hash, bytes)
    this.#storing.add(hash)
    this.#evaluate()
    return this.#store(hash, bytes, 0)
  }

  /** Keeps an image on this device, and then sees to its upload; where that fails, sees to the upload at once. */
  async #store(hash: string, bytes: Bytes, attempt: number): Promise<void> {
    try {
      await this.#own.putUnsent(hash, bytes)
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error)
      this.#evaluate()
      this.#uploads.add(hash)
      this.#later(attempt, () => void this.#store(hash, bytes, attempt + 1))
      return
    }
    this.#storing.delete(hash)
    if (this.#storing.size === 0) this.#failure = ''
    this.#memory.unpin(hash)
    this.#uploads.add(hash)
    this.#evaluate()
  }

  #later(attempt: number, task: () => void): void {
    if (this.#isDestroyed) return
    const { clock, random } = this.#options
    const stop = clock.after(retryDelay(RETRY, attempt, random), () => {
      this.#stops.delete(stop)
      task()
    })
    this.#stops.add(stop)
  }

  async #find(hash: string): Promise<Bytes | null> {
    const found = (await this.#onDevice(hash)) ?? (await this.#fromRelay(hash))
    const wanted = this.#wanted.get(hash)
    wanted?.stop()
    if (!found) this.#want(hash, wanted ? wanted.attempt + 1 : 0)
    else if (this.#wanted.delete(hash)) for (const listener of [...this.#listeners]) listener(hash)
    return found
  }

  #want(hash: string, attempt: number): void {
    if (this.#isDestroyed) return
    const { clock, random } = this.#options
    const wait = Math.max(retryDelay(RETRY, attempt, random), this.#wanted.size * LOOK_EVERY)
    const stop = clock.after(wait, () => void this.get(hash))
    this.#wanted.set(hash, { attempt, stop })
  }

  /** There is somewhere new to look. */
  async #lookAgain(): Promise<void> {
    for (const hash of [...this.#wanted.keys()]) {
      const wanted = this.#wanted.get(hash)
      if (!wanted || this.#isDestroyed) continue
      this.#wanted.set(hash, { ...wanted, attempt: 0 })
      await this.get(hash)
    }
  }

  async #onDevice(hash: string): Promise<Bytes | null> {
    const own = await this.#own.get(hash).catch(() => null)
    if (own) {
      this.#memory.set(hash, own)
      return own
    }
    for (const other of this.#others) {
      const bytes = await other.get(hash).catch(() => null)
      if (!bytes) continue
      void this.#takeIn(hash, bytes)
      return bytes
    }
    return null
  }

  async #fromRelay(hash: string): Promise<Bytes | null> {
    const { link, remote } = this.#options
    if (!link.state.canRead || this.#isDestroyed) return null
    const fetched = await remote.get(hash)
    if (fetched.at !== 'here' || (await sha256Hex(fetched.bytes)) !== hash) return null
    this.#memory.set(hash, fetched.bytes)
    // Without room for it here, it is fetched again the next time.
    void this.#own.put(hash, fetched.bytes).catch(() => {})
    return fetched.bytes
  }

  #onLink(): void {
    this.#uploads.linkChanged()
    if (!this.#options.link.state.canRead) return
    // Another tab, closed by now, may have left some behind.
    void this.#resume()
    void this.#lookAgain()
    void this.#fetchNext()
  }

  #evaluate(): void {
    if (this.#isDestroyed) return
    const device = this.#storing.size === 0 ? 'saved' : this.#failure === '' ? 'saving' : 'failed'
    this.#cell.set({ device, message: this.#failure, waiting: this.#uploads.waiting })
  }
}
