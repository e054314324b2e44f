import * as Y from 'yjs'
import { isEntryId } from '../schema/entry-id.ts'
import { LIMITS } from '../schema/limits.ts'
import { checkDeletions } from './deletion-gate.ts'
import {
  COMMENT_KEYS,
  COMMON_KEYS,
  fits,
  type Keys,
  META_KEYS,
  missingKeys,
  NO_KEYS,
  shapeKeys,
} from './entry-keys.ts'
import { checkFormat, checkFormats } from './format-gate.ts'
import type { Deletions, Incoming, Struct } from './incoming.ts'
import { type Entry, type Inner, type Place, Places, type Root } from './places.ts'
import { invalid, refused, shown, tooLarge } from './refusal.ts'
import { isAtLeast, type Role } from './role.ts'

/**
 * Throws ProtocolError for an update that a board may not take from somebody of a role: `invalid` where it does not fit
 * the schema, `refused` where the role does not allow it. Returns how many shapes it brings.
 *
 * 1. Shapes and comments are maps of known keys. Each value fits its key, whoever writes another at the same time: validity
 *    is per key, so that what is valid alone is valid merged.
 * 2. The type of a shape comes with it, once, and goes with it.
 * 3. A shape or comment that is new, not restored, comes with all the keys that it must have. A later loss of one is let
 *    pass: to undo a move while another moves the same shape takes both values away, and nobody has done wrong. Readers show
 *    such a shape as a placeholder.
 * 4. A text holds characters, and formats of a few kinds, each on or off: nothing embedded, and no other formats, which this
 *    version would not show. Of both there are only so many.
 * 5. What is deleted with the update, or lies in what is deleted, counts for the role but not for the schema: its type may
 *    no longer be known, and nobody will read it.
 *
 * The relay and every client apply the same rules. Else one peer could plant in another's document what the relay then
 * refuses from its victim.
 */
export function checkIncoming(doc: Y.Doc, incoming: Incoming, role: Role): number {
  const places = new Places(doc, incoming.structs)
  const shapes = incoming.structs.length === 0 ? 0 : new Check(places, incoming, role).run()
  checkDeletions(doc, incoming.deletions, role, places.found)
  return shapes
}

/** Shared by the many shapes whose type comes first. Never written to. */
const NOTHING: [string, Y.Item][] = []

/** A shape or a comment, as far as the update shows it. */
interface Writing {
  readonly entry: Entry
  /** Whether it is there no longer once the update is applied. */
  readonly isDead: boolean
  /** Null until the type of a new shape is known, or that of another is looked for. */
  keys: Keys | null
  /** What a new shape is said to be. */
  type: Y.Item | null
  /** The bits of the required keys that came. */
  came: number
  /** Keys that came before the type. */
  waiting: [string, Y.Item][]
}

/** What an update adds to a text, but for what it deletes again. */
interface Added {
  readonly text: Inner
  characters: number
  formats: number
}

class Check {
  readonly #places: Places
  readonly #structs: readonly Struct[]
  readonly #deletions: Deletions
  readonly #role: Role
  /** Null for one struct: nothing is asked twice. */
  readonly #writings: Map<Y.Item, Writing> | null
  /** Those of new shapes and comments that stay. */
  readonly #begun: Writing[] = []
  /** What is added to each text. */
  #added: Map<Y.AbstractType<unknown>, Added> | null = null

  constructor(places: Places, { structs, deletions }: Incoming, role: Role) {
    this.#places = places
    this.#structs = structs
    this.#deletions = deletions
    this.#role = role
    this.#writings = structs.length > 1 ? new Map() : null
  }

  run(): number {
    const mayEdit = isAtLeast(this.#role, 'editor')
    for (const struct of this.#structs) {
      const place = this.#places.of(struct)
      if (!mayEdit) this.#checkRole(place)
      if (struct instanceof Y.Item) this.#checkItem(struct, place)
    }
    for (const writing of this.#begun) this.#checkBegun(writing)
    for (const added of this.#added?.values() ?? []) checkLength(added)
    return this.#begun.filter(({ entry }) => entry.root === 'shapes').length
  }

  #checkRole({ in: container, key }: Place): void {
    const isComment =
      container.at !== 'deeper' && (container.at === 'nowhere' || rootOf(container) === 'comments')
    if (this.#role === 'viewer' || !isComment) throw refused(this.#role, whereOf(container, key ?? undefined))
  }

  #checkItem(item: Y.Item, place: Place): void {
    const { in: container, key } = place
    switch (container.at) {
      case 'nowhere':
        if (item.content instanceof Y.ContentType) this.#places.bring(item, item.content.type, place)
        return
      case 'deeper':
        throw invalid('Nothing is kept there.', '')
      case 'root':
        if (container.root === 'meta') checkKey(META_KEYS, key ?? '', item, container)
        else this.#checkEntry(item, place)
        return
      case 'entry':
        if (key === null) throw invalid('It holds keys, not a list.', whereOf(container))
        return this.#checkProp(this.#writing(container), key, item, place)
      case 'inner':
        return this.#checkCharacters(item, container, key)
    }
  }

  #checkEntry(item: Y.Item, place: Place): void {
    if (place.key === null || !isEntryId(place.key))
      throw invalid('It is no id.', whereOf(place.in, place.key ?? ''))
    if (item.content instanceof Y.ContentDeleted) return
    if (!(item.content instanceof Y.ContentType) || item.content.type.constructor !== Y.Map)
      throw invalid('It is not a map of keys.', whereOf(place.in, place.key))
    const entry = this.#places.bring(item, item.content.type, place)
    if (entry.at === 'entry') this.#writing(entry)
  }

  #writing(entry: Entry): Writing {
    const known = this.#writings?.get(entry.item)
    if (known) return known
    const isDead = entry.item.deleted || Y.isDeleted(this.#deletions, entry.item.id)
    const keys = entry.root === 'comments' ? COMMENT_KEYS : null
    const writing: Writing = { entry, isDead, keys, type: null, came: 0, waiting: NOTHING }
    this.#writings?.set(entry.item, writing)
    if (entry.isNew && !isDead) this.#begun.push(writing)
    return writing
  }

  #checkProp(writing: Writing, key: string, item: Y.Item, place: Place): void {
    const { content } = item
    if (content instanceof Y.ContentType && content.type.constructor === Y.Text) {
      this.#places.bring(item, content.type, place)
    } else if (!isValue(content)) throw invalid('It is neither a value nor a text.', whereOf(place.in, key))
    if (writing.isDead) return
    const { entry } = writing
    if (entry.root === 'shapes' && key === 'type') return this.#takeType(writing, item)
    if (entry.root === 'shapes' && !entry.isNew) {
      if (COMMON_KEYS.byName.has(key)) return void checkKey(COMMON_KEYS, key, item, entry)
      writing.keys ??= keysOf(entry)
    }
    if (writing.keys) this.#checkValue(writing, writing.keys, key, item)
    else if (writing.waiting === NOTHING) writing.waiting = [[key, item]]
    else writing.waiting.push([key, item])
  }

  #checkValue(writing: Writing, keys: Keys, key: string, item: Y.Item): void {
    writing.came |= checkKey(keys, key, item, writing.entry)
  }

  #takeType(writing: Writing, item: Y.Item): void {
    const { entry } = writing
    if (!entry.isNew || writing.type)
      throw invalid('The type of a shape does not change.', whereOf(entry, 'type'))
    const type = item.content instanceof Y.ContentAny && item.length === 1 ? item.content.arr[0] : undefined
    const keys = shapeKeys(type)
    if (!keys) throw invalid('It is not the type of a shape.', whereOf(entry, 'type'))
    writing.type = item
    writing.keys = keys
    this.#checkValue(writing, keys, 'type', item)
  }

  #checkBegun(writing: Writing): void {
    const { entry, keys, type, waiting } = writing
    if (!keys) throw invalid('A shape has no type.', whereOf(entry, 'type'))
    for (const [key, item] of waiting) this.#checkValue(writing, keys, key, item)
    if (type && Y.isDeleted(this.#deletions, type.id))
      throw invalid('The type of a shape goes only with it.', whereOf(entry, 'type'))
    // What restores something deleted names it as its neighbour.
    if (entry.item.origin !== null) return
    if (writing.came === keys.required) return
    throw invalid('It is missing.', whereOf(entry, missingKeys(keys, writing.came)[0]))
  }

  #checkCharacters({ id, length, content }: Y.Item, text: Inner, key: string | null): void {
    const isFormat = content instanceof Y.ContentFormat
    const isText = isFormat || content instanceof Y.ContentString || content instanceof Y.ContentDeleted
    if (key !== null || !isText) throw invalid('It is not made of characters.', whereOf(text))
    if (content instanceof Y.ContentDeleted || Y.isDeleted(this.#deletions, id)) return
    if (isFormat) checkFormat(content, whereOf(text))
    this.#added ??= new Map()
    const added = this.#added.get(text.type) ?? { text, characters: 0, formats: 0 }
    this.#added.set(text.type, added)
    if (isFormat) added.formats += length
    else added.characters += length
  }
}

/** What a shape that the document has may hold. */
function keysOf({ item }: Entry): Keys {
  const map = item.content instanceof Y.ContentType ? item.content.type : null
  return (map instanceof Y.Map && shapeKeys(map.get('type'))) || NO_KEYS
}

const isValue = (content: Y.Item['content']): boolean =>
  content instanceof Y.ContentAny || content instanceof Y.ContentBinary || content instanceof Y.ContentDeleted

/** Returns the key's bit. */
function checkKey({ byName }: Keys, name: string, { content }: Y.Item, container: Place['in']): number {
  const key = byName.get(name)
  if (!key) throw invalid('There is no such key.', whereOf(container, name))
  if (!fits(key, content)) throw invalid('It is not a value of this key.', whereOf(container, name))
  return key.bit
}

function checkLength({ text, characters, formats }: Added): void {
  const { type } = text
  const length = type instanceof Y.Text && type.doc ? type.length : 0
  if (length + characters > LIMITS.mergedTextLength) throw tooLarge('A text is too long.', whereOf(text))
  if (formats > 0) checkFormats(type, formats, whereOf(text))
}

function rootOf(container: Entry | Inner | { at: 'root'; root: Root }): Root {
  return container.at === 'inner' ? container.entry.root : container.root
}

function whereOf(container: Place['in'], key?: string): string {
  const last = key === undefined ? '' : `/${shown(key)}`
  switch (container.at) {
    case 'root':
      return `${container.root}${last}`
    case 'entry':
      return `${container.root}/${container.id}${last}`
    case 'inner':
      return `${whereOf(container.entry, container.key)}${last}`
    default:
      return ''
  }
}
