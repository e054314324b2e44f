import * as Y from 'yjs'
import type { Struct } from './incoming.ts'
import { malformed } from './refusal.ts'

export type Root = 'shapes' | 'comments' | 'meta'

/** A map in a root type: a shape or a comment. */
export interface Entry {
  readonly at: 'entry'
  readonly root: Root
  readonly id: string
  readonly item: Y.Item
  /** Whether it comes with the update. */
  readonly isNew: boolean
}

/** A type in an entry. */
export interface Inner {
  readonly at: 'inner'
  readonly entry: Entry
  readonly key: string
  readonly type: Y.AbstractType<unknown>
}

/**
 * What can hold something. In `nowhere`, Yjs keeps nothing: it is what lies in something deleted for good. `deeper` is
 * what no board has any more that keeps to these rules.
 */
export type Container =
  | { readonly at: 'root'; readonly root: Root }
  | Entry
  | Inner
  | { readonly at: 'nowhere' }
  | { readonly at: 'deeper' }

export interface Place {
  readonly in: Container
  /** Null in a list or a text. */
  readonly key: string | null
}

const NOWHERE: Container = { at: 'nowhere' }
const DEEPER: Container = { at: 'deeper' }
const NOT_KEPT: Place = { in: NOWHERE, key: null }

const ROOTS: Readonly<Record<Root, Container>> = {
  shapes: { at: 'root', root: 'shapes' },
  comments: { at: 'root', root: 'comments' },
  meta: { at: 'root', root: 'meta' },
}

/**
 * Where the structs of an update will lie, found without applying it. An item names its parent by id, or not at all where
 * it has a neighbour, whose parent is its own. To be asked for each struct in causal order, so that what one names is known.
 */
export class Places {
  readonly #doc: Y.Doc
  readonly #structs: readonly Struct[]
  /** By type, those of the document. Null for one struct: nothing is asked twice. */
  readonly #containers: Map<Y.AbstractType<unknown>, Container> | null
  /** Types that the update puts nowhere: there may be any number of them, each in the next. */
  readonly #nowhere = new Set<Y.Item>()
  /** The last entry and the last type in one that the update brought. */
  #brought: readonly { readonly item: Y.Item; readonly container: Container }[] = []
  /** Of the update's items that named a neighbour; the others say themselves where they lie. */
  readonly #places: Map<Y.Item, Place> | null
  /** What was last found in the document. */
  found: Struct | null = null
  #byClient: ReadonlyMap<number, readonly Struct[]> | null = null

  constructor(doc: Y.Doc, structs: readonly Struct[]) {
    this.#doc = doc
    this.#structs = structs
    this.#containers = structs.length > 1 ? new Map() : null
    this.#places = structs.length > 1 ? new Map() : null
  }

  /** Where a struct will lie. Throws ProtocolError when Yjs could not put it there. */
  of(struct: Struct): Place {
    const place = struct instanceof Y.Item ? this.#placeOf(struct) : NOT_KEPT
    if (struct.id.clock < Y.getState(this.#doc.store, struct.id.client)) this.#checkContinued(struct, place)
    return place
  }

  /** The entry or inner type that an item brings with it. */
  bring(item: Y.Item, type: Y.AbstractType<unknown>, place: Place): Container {
    const container = inside(place, item, type, true)
    if (container === NOWHERE) this.#nowhere.add(item)
    const brought = { item, container }
    const [entry] = this.#brought
    this.#brought = container.at === 'inner' && entry ? [entry, brought] : [brought]
    return container
  }

  #placeOf(item: Y.Item): Place {
    const parent: unknown = item.parent
    if (typeof parent === 'string') return { in: ROOTS[parent as Root], key: item.parentSub }
    if (parent instanceof Y.ID) return { in: this.#at(parent), key: item.parentSub }
    const { origin, rightOrigin } = item
    const left = origin && this.#find(origin)
    const right = rightOrigin && this.#find(rightOrigin)
    // As Yjs does: it keeps nothing beside what is deleted for good.
    const neighbour = left instanceof Y.GC || right instanceof Y.GC ? null : (left ?? right)
    const place = neighbour ? this.#placeOfKnown(neighbour) : NOT_KEPT
    this.#places?.set(item, place)
    return place
  }

  #placeOfKnown(item: Y.Item): Place {
    const { parent } = item
    if (parent instanceof Y.AbstractType) return { in: this.#container(parent), key: item.parentSub }
    return this.#places?.get(item) ?? this.#placeOf(item)
  }

  /** The type at an id: mostly the last entry that was brought, or the text in it. */
  #at(id: Y.ID): Container {
    for (const { item, container } of this.#brought) if (Y.compareIDs(item.id, id)) return container
    return this.#held(this.#find(id))
  }

  #held(struct: Struct): Container {
    if (struct instanceof Y.GC || struct.content instanceof Y.ContentDeleted) return NOWHERE
    if (struct.content instanceof Y.ContentType) {
      const { type } = struct.content
      if (type._item) return this.#container(type)
      return this.#nowhere.has(struct) ? NOWHERE : inside(this.#placeOf(struct), struct, type, true)
    }
    throw malformed('An update puts something into a value.')
  }

  #container(type: Y.AbstractType<unknown>): Container {
    const known = this.#containers?.get(type)
    if (known) return known
    const item = type._item
    if (!(item?.parent instanceof Y.AbstractType))
      return Object.values(ROOTS).find(root => this.#isRoot(root, type)) ?? DEEPER
    const container = inside({ in: this.#container(item.parent), key: item.parentSub }, item, type, false)
    this.#containers?.set(type, container)
    return container
  }

  #isRoot(root: Container, type: Y.AbstractType<unknown>): boolean {
    return root.at === 'root' && this.#doc.share.get(root.root) === type
  }

  /** What the document has under an id counts, whatever the update says is there: Yjs takes the first. */
  #find({ client, clock }: Y.ID): Struct {
    const { store } = this.#doc
    if (clock < Y.getState(store, client)) {
      this.found = Y.getItem(store, Y.createID(client, clock))
      return this.found
    }
    this.#byClient ??= grouped(this.#structs)
    return structAt(this.#byClient.get(client) ?? [], clock)
  }

  /**
   * Of an item that the document has in part, Yjs takes the rest wherever the item says that it lies, and links it to the
   * part that is there. So both must be in one place, or one could reach with it into any other.
   */
  #checkContinued({ id }: Struct, place: Place): void {
    const { store } = this.#doc
    const known: Struct = Y.getItem(store, Y.createID(id.client, Y.getState(store, id.client) - 1))
    const begun = known instanceof Y.Item ? this.#placeOfKnown(known) : NOT_KEPT
    const isSame = typeOf(begun.in) === typeOf(place.in) && begun.key === place.key
    if (!isSame && place.in !== NOWHERE) throw malformed('An update goes on with an item in another place.')
  }
}

/** What tells a container from all others. */
const typeOf = (container: Container): unknown =>
  container.at === 'entry' ? container.item : container.at === 'inner' ? container.type : container

function inside(
  { in: container, key }: Place,
  item: Y.Item,
  type: Y.AbstractType<unknown>,
  isNew: boolean,
): Container {
  if (container.at === 'nowhere') return NOWHERE
  if (key === null) return DEEPER
  if (container.at === 'root') return { at: 'entry', root: container.root, id: key, item, isNew }
  return container.at === 'entry' ? { at: 'inner', entry: container, key, type } : DEEPER
}

/** Structs by client, in order of their clocks. */
function grouped(structs: readonly Struct[]): ReadonlyMap<number, readonly Struct[]> {
  const groups = new Map<number, Struct[]>()
  for (const struct of structs) {
    const group = groups.get(struct.id.client)
    if (group) group.push(struct)
    else groups.set(struct.id.client, [struct])
  }
  return groups
}

/** The struct that holds a clock, in a list sorted by clock that has it. */
function structAt(structs: readonly Struct[], clock: number): Struct {
  let low = 0
  let high = structs.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((structs[middle] as Struct).id.clock <= clock) low = middle
    else high = middle - 1
  }
  return structs[low] as Struct
}
