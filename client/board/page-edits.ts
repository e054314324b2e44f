import { keyBetween, keysAbove } from '../../shared/schema/order.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape, Shape, ShapeId, ShapePatch } from '../../shared/shapes/index.ts'
import { NAME_LENGTH, type Page } from '../../shared/shapes/page.ts'
import type { Edit } from './board.ts'
import { freshName, type PageInfo, type Sheets, sheetId } from './page-list.ts'

/** The pages as they are, for the edits that change them. */
export interface PageBook {
  readonly pages: readonly PageInfo[]
  readonly sheets: Sheets
}

/** What a page begins with; a name as long as it may be. */
const newSheet = (id: ShapeId, z: string, name: string): Page =>
  makeShape('page', { id, z, pos: [0, 0], name: name.slice(0, NAME_LENGTH) })

/** The order key of the page at `index`; null for one that has none, and past the ends. */
const keyAt = ({ pages, sheets }: PageBook, index: number): string | null => {
  const page = pages[index]
  return (page && sheets.get(sheetId(page.id))?.z) ?? null
}

/** A new page behind the one at `index`. Without a name it gets one that no other has. */
export function addingPage(book: PageBook, id: string, index: number, name?: string): Edit {
  const z = keyBetween(keyAt(book, index), keyAt(book, index + 1))
  return { op: 'create', shape: newSheet(id, z, name ?? freshName(book.pages)) }
}

/** Gives a page a name, or other keys. The first may have nothing yet that says anything of it. */
function patching(book: PageBook, id: string, patch: { name?: string; z?: string; hidden?: boolean }): Edit {
  const sheet = book.sheets.get(sheetId(id))
  if (sheet) return { op: 'patch', id: sheet.id, patch }
  const index = book.pages.findIndex(page => page.id === id)
  const z = keyBetween(null, keyAt(book, index + 1))
  return { op: 'create', shape: { ...newSheet(sheetId(id), z, ''), ...patch } }
}

export const renamingPage = (book: PageBook, id: string, name: string): Edit =>
  patching(book, id, { name: plain(name) })

/** On one line, without characters that cannot be seen, within its limit. */
export const plain = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Surrogate}]/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH)
    .replace(/\p{Surrogate}/gu, '')

/** Removes a page with what is on it; the last one is only emptied. */
export function removingPage(book: PageBook, id: string, shapes: Iterable<Shape>): readonly Edit[] {
  const edits: Edit[] = Array.from(shapes, shape => ({ op: 'remove', id: shape.id }))
  if (book.pages.length === 1) return edits
  if (id === '') edits.push(patching(book, id, { hidden: true }))
  else edits.push({ op: 'remove', id })
  return edits
}

/**
 * Makes `id` the page at `index`. A page that is called by its number keeps that name; where the order keys of two pages leave no room
 * between them, all get new ones.
 */
export function movingPage(book: PageBook, id: string, index: number): readonly Edit[] {
  const moved = book.pages.find(page => page.id === id)
  const others = book.pages.filter(page => page !== moved)
  const at = Math.max(0, Math.min(others.length, index))
  if (!moved || book.pages[at] === moved) return []
  const order = others.toSpliced(at, 0, moved)
  const keys = keysFor(book, order, moved)
  return order.flatMap((page): readonly Edit[] => {
    const sheet = book.sheets.get(sheetId(page.id))
    const z = keys.get(page.id)
    const patch = { ...(z !== undefined && { z }), ...(!sheet?.name && { name: page.name }) }
    return Object.keys(patch).length === 0 ? [] : [patching(book, page.id, patch)]
  })
}

/** The order keys that have to change for `order`. */
function keysFor(book: PageBook, order: readonly PageInfo[], moved: PageInfo): ReadonlyMap<string, string> {
  const at = order.indexOf(moved)
  const keyOf = (page: PageInfo | undefined) => page && book.sheets.get(sheetId(page.id))?.z
  const below = keyOf(order[at - 1])
  const above = keyOf(order[at + 1])
  const hasAllKeys = order.every(page => keyOf(page) !== undefined)
  if (hasAllKeys && (below === undefined || above === undefined || below < above)) {
    return new Map([[moved.id, keyBetween(below ?? null, above ?? null)]])
  }
  const keys = keysAbove(null, order.length)
  return new Map(order.map((page, i) => [page.id, keys[i] as string]))
}

/** Copies of `shapes` on the page `page`, with ids, groups, frames and bindings of their own. */
export function copiesOnPage(
  shapes: readonly KnownShape[],
  page: string,
  newId: () => string,
): readonly KnownShape[] {
  const ids = new Map(shapes.map(({ id }) => [id, newId()]))
  const groups = new Map<string, string>()
  const groupOf = (group: string): string => {
    const copy = groups.get(group) ?? newId()
    groups.set(group, copy)
    return copy
  }
  return shapes.map(shape => {
    const keys: Record<string, unknown> = {
      id: ids.get(shape.id) ?? newId(),
      page,
      frame: ids.get(shape.frame) ?? '',
      groups: shape.groups.map(groupOf),
    }
    for (const end of ['start', 'end'] as const) if (end in shape) keys[end] = boundTo(shape, end, ids)
    return { ...shape, ...keys } as KnownShape
  })
}

/** What an end of the copy is bound to: the copy of what the end of the arrow is bound to. */
function boundTo(shape: KnownShape, end: 'start' | 'end', ids: ReadonlyMap<ShapeId, ShapeId>): unknown {
  const binding = (shape as Partial<Record<typeof end, unknown>>)[end]
  if (!Array.isArray(binding)) return null
  const copy = ids.get(String(binding[0]))
  return copy === undefined ? null : [copy, ...binding.slice(1)]
}

/**
 * Moves those of `shapes`, which are all of a page, to the page `page` that are in `wanted`, with what lies in them. What is locked stays
 * where it is; what has its frame on another page then leaves that.
 */
export function takingShapes(
  shapes: readonly KnownShape[],
  wanted: ReadonlySet<ShapeId>,
  page: string,
): readonly Edit[] {
  const frames = new Set(shapes.filter(({ id, locked }) => wanted.has(id) && !locked).map(({ id }) => id))
  const taken = shapes.filter(({ id, frame, locked }) => !locked && (wanted.has(id) || frames.has(frame)))
  const ids = new Set(taken.map(({ id }) => id))
  const left = shapes.filter(({ id, frame }) => !ids.has(id) && frames.has(frame))
  return [...taken.map(taking), ...left.map(({ id }): Edit => ({ op: 'patch', id, patch: { frame: '' } }))]

  function taking(shape: KnownShape): Edit {
    const patch: ShapePatch = { page, ...(shape.frame !== '' && !ids.has(shape.frame) && { frame: '' }) }
    return { op: 'patch', id: shape.id, patch }
  }
}
