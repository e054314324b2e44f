import { Cell, type Readable } from '../shared/util/readable.ts'

/**
 * `working`: a gesture, a text, a file or a dialog is not done, or a write has not ended. `unsaved`: what is here cannot be
 * written to this device.
 */
export type UnderWayKind = 'working' | 'unsaved'

/** What of this tab would be lost, or cut off, if the page were loaded anew now: null for nothing. */
export class UnderWay implements Readable<UnderWayKind | null> {
  readonly #begun = new Set<{ readonly kind: UnderWayKind }>()
  readonly #most = new Cell<UnderWayKind | null>(null)

  /** The worst of what is under way. */
  get state(): UnderWayKind | null {
    return this.#most.state
  }

  subscribe(listener: (state: UnderWayKind | null) => void): () => void {
    return this.#most.subscribe(listener)
  }

  /** Something has begun. Returns what ends it. */
  begin(kind: UnderWayKind): () => void {
    const thing = { kind }
    this.#begun.add(thing)
    this.#tell()
    return () => {
      this.#begun.delete(thing)
      this.#tell()
    }
  }

  /** Follows a part that tells by itself what of it is under way. Returns its own undo. */
  follow(read: () => UnderWayKind | null, subscribe: (look: () => void) => () => void): () => void {
    let kind: UnderWayKind | null = null
    let end = () => {}
    const look = () => {
      const next = read()
      if (next === kind) return
      const endLast = end
      end = next === null ? () => {} : this.begin(next)
      endLast()
      kind = next
    }
    look()
    const stop = subscribe(look)
    return () => {
      stop()
      end()
    }
  }

  /** Has the browser ask before the page goes while something could not be saved. Returns its own undo. */
  askBeforeLeaving(page: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
    const ask = (event: Event) => event.preventDefault()
    const look = () => {
      // Only then: a page that listens may not be put away asleep by some browsers.
      if (this.state === 'unsaved') page.addEventListener('beforeunload', ask)
      else page.removeEventListener('beforeunload', ask)
    }
    look()
    const stop = this.subscribe(look)
    return () => {
      stop()
      page.removeEventListener('beforeunload', ask)
    }
  }

  #tell(): void {
    const kinds = [...this.#begun].map(({ kind }) => kind)
    this.#most.set(kinds.find(kind => kind === 'unsaved') ?? kinds[0] ?? null)
  }
}
