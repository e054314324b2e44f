import * as v from 'valibot'
import * as Y from 'yjs'
import { parseKey } from '../../shared/protocol/keys.ts'
import { isBoardId } from '../../shared/util/ids.ts'
import type { Keyring } from './keyring.ts'

/** A board that this device holds. */
export interface BoardEntry {
  readonly id: string
  /** Empty while the board is untitled. */
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly openedAt: number
  /** Undefined for a board that was made before there were keys. */
  readonly keys: Keyring | undefined
  /** How often the owner has replaced the links, as far as this device knows. */
  readonly epoch: number
}

/** How others see the person at this device. */
export interface Identity {
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
}

const entrySchema = v.object({
  title: v.fallback(v.string(), ''),
  openedAt: v.fallback(v.number(), 0),
  /** Set while a removal can still be taken back. */
  removed: v.fallback(v.boolean(), false),
  /** Set while the board itself does not have the title that it was given in the list. */
  retitled: v.fallback(v.boolean(), false),
  keys: v.fallback(v.optional(v.array(v.string())), undefined),
  epoch: v.fallback(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
})

const identitySchema = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  colour: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i)),
})

/**
 * The boards of this device and the name of its owner, in a small document of its own, so that it goes through
 * the same local store as the boards and two tabs merge what they write.
 */
export class Library {
  readonly #boards: Y.Map<Y.Map<unknown>>
  readonly #owner: Y.Map<unknown>
  readonly #doc: Y.Doc

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#boards = doc.getMap('boards')
    this.#owner = doc.getMap('owner')
  }

  /** The boards, the latest opened first. */
  get entries(): readonly BoardEntry[] {
    return this.#read()
      .filter(entry => !entry.removed)
      .map(({ removed: _, retitled: __, ...entry }) => entry)
      .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1))
  }

  /** The boards that were removed and whose data is still to be deleted. */
  get removed(): readonly string[] {
    return this.#read()
      .filter(entry => entry.removed)
      .map(entry => entry.id)
  }

  /** The boards that do not have their title in the list yet. */
  get retitled(): readonly BoardEntry[] {
    return this.#read().filter(entry => entry.retitled)
  }

  /** Who the owner is to others; undefined before a name was chosen. */
  get identity(): Identity | undefined {
    const result = v.safeParse(identitySchema, this.#owner.toJSON())
    return result.success ? result.output : undefined
  }

  set identity(identity: Identity) {
    this.#doc.transact(() => {
      this.#owner.set('name', identity.name)
      this.#owner.set('colour', identity.colour)
    })
  }

  /** The entry of a board, also while its removal can still be taken back. */
  entry(id: string): BoardEntry | undefined {
    return this.#read().find(entry => entry.id === id)
  }

  subscribe(listener: () => void): () => void {
    this.#doc.on('update', listener)
    return () => this.#doc.off('update', listener)
  }

  /** Notes that a board was opened at `now` (ms); adds it when it is new here, and takes a removal back. */
  opened(id: string, now: number): void {
    this.#write(id, { openedAt: now, removed: false })
  }

  /** Keeps what opens a board. */
  keep(id: string, keys: Keyring, epoch: number): void {
    const { keys: held, epoch: known } = this.entry(id) ?? {}
    const texts = keys.map(key => key.text)
    if (known === epoch && held && texts.join() === held.map(key => key.text).join()) return
    this.#write(id, { keys: texts, epoch })
  }

  /** Takes over the title that a board has, unless the one in the list is still on its way there. */
  rename(id: string, title: string): void {
    const held = this.#boards.get(id)
    if (held?.get('title') !== title && held?.get('retitled') !== true) this.#write(id, { title })
  }

  /** Gives a title that the board is to have, too: it stays among the `retitled` until `hasTitle`. */
  retitle(id: string, title: string): void {
    this.#write(id, { title, retitled: true })
  }

  /** Notes that the board has this title. */
  hasTitle(id: string, title: string): void {
    if (this.#boards.get(id)?.get('title') === title) this.#write(id, { retitled: false })
  }

  /** Takes the board off the list; `restore` brings it back until `forget`. */
  remove(id: string): void {
    this.#write(id, { removed: true })
  }

  restore(id: string): void {
    this.#write(id, { removed: false })
  }

  /** Drops the entry for good. */
  forget(id: string): void {
    this.#boards.delete(id)
  }

  #read() {
    return [...this.#boards.entries()].flatMap(([id, held]) =>
      isBoardId(id) && held instanceof Y.Map ? [{ id, ...readEntry(held) }] : [],
    )
  }

  #write(id: string, values: Readonly<Record<string, unknown>>): void {
    this.#doc.transact(() => {
      let held = this.#boards.get(id)
      if (!(held instanceof Y.Map)) {
        held = new Y.Map()
        this.#boards.set(id, held)
      }
      for (const [key, value] of Object.entries(values)) held.set(key, value)
    })
  }
}

function readEntry(held: Y.Map<unknown>) {
  const { keys, ...entry } = v.parse(entrySchema, held.toJSON())
  return { ...entry, keys: keys?.flatMap(text => parseKey(text) ?? []) }
}
