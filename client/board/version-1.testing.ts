import * as Y from 'yjs'

/** How version 1 wrote lines and boards, kept as it was: people have it open, and merge what they drew with it for years. */
export class Version1 {
  readonly #doc: Y.Doc
  readonly #shapes: Y.Map<Y.Map<unknown>>
  readonly #meta: Y.Map<unknown>

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#shapes = doc.getMap('shapes')
    this.#meta = doc.getMap('meta')
  }

  /** It leaves alone what a later version wrote. */
  get isReadOnly(): boolean {
    return Number(this.#meta.get('schema') ?? 1) > 1
  }

  create(id: string, z: string, points: readonly number[]): void {
    this.#write(() => {
      const map = new Y.Map<unknown>()
      for (const [key, value] of Object.entries({ type: 'arrow', pos: [0, 0], z, points }))
        map.set(key, value)
      this.#shapes.set(id, map)
    })
  }

  /** Only of a shape that it can read: one with packed points is a placeholder to it. */
  reshape(id: string, points: readonly number[]): void {
    this.#write(() => {
      if (Array.isArray(this.#shapes.get(id)?.get('points'))) this.#shapes.get(id)?.set('points', points)
    })
  }

  #write(change: () => void): void {
    if (this.isReadOnly) return
    this.#doc.transact(() => {
      if (!this.#meta.has('schema')) {
        this.#meta.set('schema', 1)
        this.#meta.set('created', 1_700_000_000_000)
      }
      change()
    })
  }
}
