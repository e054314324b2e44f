import * as Y from 'yjs'

/** Bytes by which a document must have grown before it is measured again: each time costs as much as sending it. */
const MEASURE_EVERY = 1024 * 1024

/**
 * Whether a document has grown beyond a size. It is no larger than all its updates together, so that small boards are
 * never measured.
 */
export class DocumentSize {
  readonly #doc: Y.Doc
  readonly #measure: (doc: Y.Doc) => number
  /** Bytes that it has at most. */
  #atMost = 0
  /** Bytes that it had when it was last measured. */
  #measured = Number.NEGATIVE_INFINITY

  /** `doc` is still empty. */
  constructor(doc: Y.Doc, measure: (doc: Y.Doc) => number = doc => Y.encodeStateAsUpdate(doc).length) {
    this.#doc = doc
    this.#measure = measure
    doc.on('update', this.#onUpdate)
  }

  exceeds(bytes: number): boolean {
    if (this.#atMost <= bytes) return false
    if (this.#atMost - this.#measured < MEASURE_EVERY) return this.#measured > bytes
    this.#measured = this.#measure(this.#doc)
    this.#atMost = this.#measured
    return this.#measured > bytes
  }

  destroy(): void {
    this.#doc.off('update', this.#onUpdate)
  }

  readonly #onUpdate = (update: Uint8Array): void => {
    this.#atMost += update.length
  }
}
