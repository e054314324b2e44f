import * as v from 'valibot'
import * as Y from 'yjs'

/** A drawing that the owner of this device keeps for all boards. */
export interface KeptDrawing {
  readonly id: string
  readonly name: string
  /** Larger for what was added later. */
  readonly order: number
  /** The shapes, as text for the clipboard. */
  readonly text: string
  /** The bytes of their images, by asset. */
  readonly images: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

const isBytes = (value: unknown): value is Uint8Array<ArrayBuffer> => value instanceof Uint8Array

const schema = v.object({
  name: v.fallback(v.string(), ''),
  order: v.fallback(v.pipe(v.number(), v.finite()), 0),
  text: v.string(),
  images: v.fallback(v.record(v.string(), v.custom<Uint8Array<ArrayBuffer>>(isBytes)), {}),
})

/**
 * The drawings that this device keeps for all boards, in a small document of its own, so that it goes through the same local
 * store as the boards and two tabs merge what they write.
 */
export class KeptDrawings {
  readonly #items: Y.Map<Y.Map<unknown>>
  readonly #doc: Y.Doc

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#items = doc.getMap('items')
  }

  /** What was added last comes first. What cannot be read is left where it is, and out. */
  get all(): readonly KeptDrawing[] {
    return [...this.#items.keys()]
      .flatMap(id => this.get(id) ?? [])
      .sort((a, b) => b.order - a.order || (a.id < b.id ? -1 : 1))
  }

  get(id: string): KeptDrawing | undefined {
    const held = this.#items.get(id)
    const read = held instanceof Y.Map ? v.safeParse(schema, Object.fromEntries(held.entries())) : undefined
    return read?.success ? { id, ...read.output } : undefined
  }

  /** Adds them, or brings back what was removed, all at once. */
  add(drawings: readonly KeptDrawing[]): void {
    this.#doc.transact(() => {
      for (const { id, name, order, text, images } of drawings) {
        const held = new Y.Map<unknown>(Object.entries({ name, order, text }))
        if (Object.keys(images).length > 0) held.set('images', images)
        this.#items.set(id, held)
      }
    })
  }

  rename(id: string, name: string): void {
    const held = this.#items.get(id)
    if (held instanceof Y.Map && held.get('name') !== name) held.set('name', name)
  }

  remove(ids: readonly string[]): void {
    this.#doc.transact(() => {
      for (const id of ids) this.#items.delete(id)
    })
  }

  subscribe(listener: () => void): () => void {
    this.#doc.on('update', listener)
    return () => this.#doc.off('update', listener)
  }
}
