import type * as Y from 'yjs'

/**
 * Whether the document held changes that waited for others when the running transaction began. What such a transaction
 * adds may have come from elsewhere than its origin says: a waiting change of one peer is integrated when another
 * delivers what it waited for. So it must not be taken as known to its origin.
 */
export class WaitingChanges {
  readonly #doc: Y.Doc
  #had = false

  constructor(doc: Y.Doc) {
    this.#doc = doc
    doc.on('beforeTransaction', this.#look)
  }

  get had(): boolean {
    return this.#had
  }

  destroy(): void {
    this.#doc.off('beforeTransaction', this.#look)
  }

  readonly #look = (): void => {
    const { pendingStructs, pendingDs } = this.#doc.store
    this.#had = pendingStructs !== null || pendingDs !== null
  }
}
