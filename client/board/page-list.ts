import { compareOrder } from '../../shared/schema/order.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import type { Page } from '../../shared/shapes/page.ts'

export interface PageInfo {
  /** Empty for the first page, which every board has. */
  readonly id: string
  /** What the person reads; never empty. */
  readonly name: string
}

/** The shapes that stand for pages. */
export type Sheets = ReadonlyMap<ShapeId, Page>

/**
 * Under this id lies what is said of the first page: its name, its place, and by `hidden` that it was removed. A board without pages has
 * no such shape, and what a page that is gone leaves behind shows on whichever page is at the front.
 */
export const FIRST = 'first'

/** The id of the shape that stands for a page, and back. */
export const sheetId = (page: string): ShapeId => (page === '' ? FIRST : page)
export const pageId = (sheet: ShapeId): string => (sheet === FIRST ? '' : sheet)

/** The pages in their order; never none. */
export function pagesOf(sheets: Sheets): readonly PageInfo[] {
  const listed = [...sheets.values()].filter(({ hidden }) => !hidden).sort(compareOrder)
  const pages = listed.map(({ id, name }) => ({ id: pageId(id), name: name.trim() }))
  if (!sheets.has(FIRST) || pages.length === 0) pages.unshift({ id: '', name: '' })
  return pages.map(({ id, name }, i) => ({ id, name: name || numbered(i + 1) }))
}

const numbered = (n: number): string => `Page ${n}`

/** A name that none of `pages` has. */
export function freshName(pages: readonly PageInfo[]): string {
  const taken = new Set(pages.map(({ name }) => name))
  let n = pages.length + 1
  while (taken.has(numbered(n))) n++
  return numbered(n)
}
