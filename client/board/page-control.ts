import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { Edit } from './board.ts'
import {
  addingPage,
  copiesOnPage,
  movingPage,
  type PageBook,
  plain,
  removingPage,
  renamingPage,
  takingShapes,
} from './page-edits.ts'
import type { PageInfo } from './page-list.ts'

/** The pages of a board, as the interface shows and changes them. Each change is one undo step; a read-only board is not changed. */
export interface PageControl {
  /** In their order; never empty. */
  readonly pages: readonly PageInfo[]
  /** The id of the one that is shown. */
  readonly page: string
  show(id: string): void
  /** Adds a page behind the one that is shown, and shows it. Returns its id. */
  add(): string
  /** An empty name calls the page by its number again. */
  rename(id: string, name: string): void
  /** Removes a page and all that is on it. The last one is only emptied. */
  remove(id: string): void
  /** Makes it the page at `index` of them all. */
  move(id: string, index: number): void
  /** Adds a copy of a page behind it, and shows that. Returns its id. */
  duplicate(id: string): string
  /** Moves shapes to another page, without what is locked; the one that is shown stays. */
  take(shapes: Iterable<ShapeId>, page: string): void
  /** What is on all pages and can be read, bottom first. */
  readonly shapes: readonly KnownShape[]
  /** The page that a shape is on; undefined for no shape of this board. */
  pageOf(shape: ShapeId): string | undefined
  /** Called after `pages` or `page` changed. Returns its own undo. */
  subscribe(listener: () => void): () => void
  /** Called before another page is shown, or `page` changed by its control, so that what is under way on it can be ended. */
  subscribeLeaving(listener: () => void): () => void
}

/** What the control asks of the board that it is for. */
export interface PageDesk {
  book(): PageBook & { readonly page: string }
  /** What is on a page, or without one on all of them, and can be read, bottom first. */
  shapesOn(page?: string): readonly KnownShape[]
  pageOf(shape: ShapeId): string | undefined
  newId(): string
  show(page: string): void
  /** The page that is shown is about to be left, or changed as a whole. */
  leave(): void
  /** Writes to the whole board, if that may be. `shown`: the page to turn to. */
  write(edits: readonly Edit[], shown?: string): void
  subscribe(listener: () => void): () => void
  subscribeLeaving(listener: () => void): () => void
}

export function pageControl(desk: PageDesk): PageControl {
  const index = (id: string) => desk.book().pages.findIndex(page => page.id === id)
  const insert = (edits: readonly Edit[], id: string): string => {
    desk.leave()
    desk.write(edits, id)
    return desk.book().page
  }
  return {
    get pages() {
      return desk.book().pages
    },
    get page() {
      return desk.book().page
    },
    show: id => desk.show(id),
    add() {
      const id = desk.newId()
      return insert([addingPage(desk.book(), id, index(desk.book().page))], id)
    },
    rename(id, name) {
      const known = desk.book().pages[index(id)]
      if (known && plain(name) !== known.name) desk.write([renamingPage(desk.book(), id, name)])
    },
    remove(id) {
      if (index(id) === -1) return
      if (id === desk.book().page) desk.leave()
      desk.write(removingPage(desk.book(), id, desk.shapesOn(id)))
    },
    move: (id, to) => desk.write(movingPage(desk.book(), id, to)),
    duplicate(id) {
      const book = desk.book()
      const known = book.pages[index(id)]
      if (!known) return book.page
      const copy = desk.newId()
      const sheet = addingPage(book, copy, index(id), `${known.name} copy`)
      const shapes = copiesOnPage(desk.shapesOn(id), copy, desk.newId)
      return insert([sheet, ...shapes.map(shape => ({ op: 'create' as const, shape }))], copy)
    },
    take(shapes, page) {
      const ids = new Set(shapes)
      const shown = desk.book().page
      if (page === shown || index(page) === -1) return
      desk.leave()
      desk.write(takingShapes(desk.shapesOn(shown), ids, page))
    },
    get shapes() {
      return desk.shapesOn()
    },
    pageOf: id => desk.pageOf(id),
    subscribe: listener => desk.subscribe(listener),
    subscribeLeaving: listener => desk.subscribeLeaving(listener),
  }
}
