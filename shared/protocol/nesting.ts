import * as Y from 'yjs'

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** Where an item is on the way up from a type to its root. */
type Step = { to: 'parent' | 'neighbour'; item: Y.Item } | { to: 'end' }

/**
 * How deep the types of an update lie, in the document that it is for. A decoded item names its parent by id, or not at
 * all where it has a neighbour, whose parent is its own.
 */
export class Nesting {
  readonly #doc: Y.Doc
  readonly #structs: readonly Struct[]
  readonly #known = new Map<Y.Item, number>()
  #byClient: Map<number, Struct[]> | null = null

  constructor(doc: Y.Doc, structs: readonly Struct[]) {
    this.#doc = doc
    this.#structs = structs
  }

  /** Types above the item, its root among them; counted only as far as they are known, and no further than `most`. */
  depthOf(item: Y.Item, most: number): number {
    const path: [Y.Item, number][] = []
    let climbed = 0
    let at: Y.Item | undefined = item
    // A circle of neighbours, which only a liar writes, ends where it meets itself.
    const seen = new Set<Y.Item>()
    while (at && climbed <= most && !seen.has(at)) {
      const known = this.#known.get(at)
      if (known !== undefined) {
        climbed += known
        break
      }
      seen.add(at)
      path.push([at, climbed])
      const step = this.#up(at)
      if (step.to !== 'neighbour') climbed += 1
      at = step.to === 'end' ? undefined : step.item
    }
    for (const [passed, below] of path) this.#known.set(passed, climbed - below)
    return climbed
  }

  #up(item: Y.Item): Step {
    const parent: unknown = item.parent
    if (parent instanceof Y.ID) return this.#step('parent', parent)
    if (parent instanceof Y.AbstractType)
      return parent._item ? { to: 'parent', item: parent._item } : { to: 'end' }
    if (typeof parent === 'string') return { to: 'end' }
    const neighbour = item.origin ?? item.rightOrigin
    return neighbour ? this.#step('neighbour', neighbour) : { to: 'end' }
  }

  #step(to: 'parent' | 'neighbour', id: Y.ID): Step {
    const item = this.#find(id)
    return item instanceof Y.Item ? { to, item } : { to: 'end' }
  }

  /** What the document has under an id counts, whatever the update says is there: Yjs takes the first. */
  #find({ client, clock }: Y.ID): Struct | undefined {
    const { store } = this.#doc
    if (clock < Y.getState(store, client)) return Y.getItem(store, Y.createID(client, clock))
    return structAt(this.#structsOf(client), clock)
  }

  #structsOf(client: number): readonly Struct[] {
    if (!this.#byClient) {
      this.#byClient = new Map()
      for (const struct of this.#structs) {
        const list = this.#byClient.get(struct.id.client)
        if (list) list.push(struct)
        else this.#byClient.set(struct.id.client, [struct])
      }
    }
    return this.#byClient.get(client) ?? []
  }
}

/** The struct that holds a clock, in a list sorted by clock. */
function structAt(structs: readonly Struct[], clock: number): Struct | undefined {
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle] as Struct
    if (clock < struct.id.clock) high = middle - 1
    else if (clock >= struct.id.clock + struct.length) low = middle + 1
    else return struct
  }
  return undefined
}
