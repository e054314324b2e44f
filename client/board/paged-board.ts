import type { Arrow } from '../../shared/shapes/arrow.ts'
import type { KnownShape, Shape, ShapeId } from '../../shared/shapes/index.ts'
import type { Page } from '../../shared/shapes/page.ts'
import type { Board, BoardDiff, Edit, ShapeChange, TextAnchor, TransactOptions } from './board.ts'
import { Listeners } from './listeners.ts'
import { type PageControl, pageControl } from './page-control.ts'
import { FIRST, type PageInfo, pageId, pagesOf } from './page-list.ts'
import { reorder } from './paint-order.ts'

export type { PageControl } from './page-control.ts'
export type { PageInfo } from './page-list.ts'

interface View {
  readonly shapes: Map<ShapeId, Shape>
  readonly ordered: Shape[]
}

const NO_CHANGES: ReadonlyMap<ShapeId, ShapeChange> = new Map()

/**
 * One page of a board, as a board of its own: who draws or indexes it need not know of others. Invariants:
 * 1. Every figure of the board is on exactly one page; one whose page is gone is on the page at the front.
 * 2. Turning to another page arrives as one diff that takes all shapes away and brings all others.
 * 3. A board without pages passes through as it is, at no cost.
 */
export class PagedBoard implements Board {
  readonly control: PageControl
  readonly #board: Board
  readonly #newId: () => string
  readonly #listeners = new Set<(diff: BoardDiff) => void>()
  readonly #turned = new Listeners()
  readonly #leaving = new Listeners()
  readonly #sheets = new Map<ShapeId, Page>()
  readonly #stop: () => void
  #pages: readonly PageInfo[]
  #ids: ReadonlySet<string>
  #page: string
  /** To be shown as soon as it is there. */
  #wanted: string | null
  /** What is on the page that is shown; null while the board has no other. */
  #own: View | null = null

  /** `page`: the one to begin with, when it is or comes to be there. */
  constructor(board: Board, newId: () => string, page = '') {
    this.#board = board
    this.#newId = newId
    for (const shape of board.shapes.values()) if (shape.type === 'page') this.#sheets.set(shape.id, shape)
    this.#pages = pagesOf(this.#sheets)
    this.#ids = idsOf(this.#pages)
    this.#page = this.#ids.has(page) ? page : this.#front
    this.#wanted = this.#ids.has(page) ? null : page
    if (this.#sheets.size > 0) this.#own = this.#viewOf(this.#page)
    this.control = pageControl({
      book: () => ({ pages: this.#pages, sheets: this.#sheets, page: this.#page }),
      shapesOn: id => this.#known(id),
      pageOf: id => {
        const shape = this.#board.shapes.get(id)
        return shape && shape.type !== 'page' ? this.#pageOf(shape) : undefined
      },
      newId: this.#newId,
      show: id => this.#show(id),
      leave: () => this.#leaving.tell(),
      write: (edits, shown) => this.#write(edits, shown),
      subscribe: this.#turned.add,
      subscribeLeaving: this.#leaving.add,
    })
    this.#stop = board.subscribe(diff => this.#follow(diff))
  }

  destroy(): void {
    this.#stop()
    this.#listeners.clear()
    this.#turned.clear()
    this.#leaving.clear()
  }

  get shapes(): ReadonlyMap<ShapeId, Shape> {
    return this.#own?.shapes ?? this.#board.shapes
  }

  get ordered(): readonly Shape[] {
    return this.#own?.ordered ?? this.#board.ordered
  }

  get page(): string {
    return this.#page
  }

  get title(): string {
    return this.#board.title
  }

  get readOnly(): string | undefined {
    return this.#board.readOnly
  }

  get canUndo(): boolean {
    return this.#board.canUndo
  }

  get canRedo(): boolean {
    return this.#board.canRedo
  }

  subscribe(listener: (diff: BoardDiff) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is created is put on the page that is shown, unless it names another that is there or is made along with it. */
  transact(edits: readonly Edit[], options?: TransactOptions): void {
    const made = new Set(
      edits.map(edit => (edit.op === 'create' && edit.shape.type === 'page' ? edit.shape.id : '')),
    )
    this.#board.transact(
      edits.map(edit =>
        edit.op === 'create' ? { op: 'create', shape: this.#placed(edit.shape, made) } : edit,
      ),
      options,
    )
  }

  anchorAt(id: ShapeId, offset: number): TextAnchor | undefined {
    return this.#board.anchorAt(id, offset)
  }

  offsetOf(id: ShapeId, anchor: TextAnchor): number | undefined {
    return this.#board.offsetOf(id, anchor)
  }

  arrowsOn(id: ShapeId): readonly Arrow[] {
    return this.#board.arrowsOn(id)
  }

  undo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.#board.undo(selection)
  }

  redo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.#board.redo(selection)
  }

  get #front(): string {
    return (this.#pages[0] as PageInfo).id
  }

  #placed(shape: KnownShape, made: ReadonlySet<string>): KnownShape {
    if (shape.type === 'page') return shape
    const isNamed = shape.page !== '' && (this.#ids.has(shape.page) || made.has(shape.page))
    const page = shape.page === FIRST ? '' : isNamed ? shape.page : this.#page
    return page === shape.page ? shape : { ...shape, page }
  }

  /** Invariant 1. */
  #pageOf(shape: Shape): string {
    const page = pageId(shape.page)
    return this.#ids.has(page) ? page : this.#front
  }

  #shows = (shape: Shape | undefined, page: string): shape is Shape =>
    shape !== undefined && shape.type !== 'page' && this.#pageOf(shape) === page

  #viewOf(page: string): View {
    const ordered = this.#board.ordered.filter(shape => this.#shows(shape, page))
    return { shapes: new Map(ordered.map(shape => [shape.id, shape])), ordered }
  }

  #follow(diff: BoardDiff): void {
    const isAnotherList = this.#noteSheets(diff)
    if (!isAnotherList && !this.#own) return this.#tell(diff)
    const before = this.#pages
    if (isAnotherList) {
      this.#pages = pagesOf(this.#sheets)
      this.#ids = idsOf(this.#pages)
    }
    const page = this.#pageAfter(diff, before)
    if (page !== this.#page) this.#leaving.tell()
    const shapes = isAnotherList || page !== this.#page ? this.#turn(page, diff) : this.#step(diff)
    this.#tell({ source: diff.source, shapes })
    if (isAnotherList || before !== this.#pages) this.#turned.tell()
  }

  /** Keeps the pages' shapes; whether any of them changed. */
  #noteSheets({ shapes }: BoardDiff): boolean {
    let isChanged = false
    for (const [id, { before, after }] of shapes) {
      if (before?.type !== 'page' && after?.type !== 'page') continue
      isChanged = true
      if (after?.type === 'page') this.#sheets.set(id, after)
      else this.#sheets.delete(id)
    }
    return isChanged
  }

  /** The page to show after `diff`: what is undone is shown, and in place of a page that is gone the one next to it. */
  #pageAfter(diff: BoardDiff, before: readonly PageInfo[]): string {
    if (this.#wanted !== null && this.#ids.has(this.#wanted)) {
      const page = this.#wanted
      this.#wanted = null
      return page
    }
    const undone = diff.source === 'undo' ? this.#pageUndone(diff) : undefined
    if (undone !== undefined) return undone
    if (this.#ids.has(this.#page)) return this.#page
    const index = before.findIndex(({ id }) => id === this.#page)
    return (this.#pages[Math.min(index, this.#pages.length - 1)] ?? (this.#pages[0] as PageInfo)).id
  }

  /** A page that was changed, when the one that is shown was not. */
  #pageUndone({ shapes }: BoardDiff): string | undefined {
    const pages = new Set<string>()
    for (const [id, { before, after }] of shapes) {
      if (after?.type !== 'page' && before?.type !== 'page') {
        const shape = after ?? before
        if (shape) pages.add(this.#pageOf(shape))
      } else if (!before && this.#ids.has(pageId(id))) pages.add(pageId(id))
    }
    return pages.has(this.#page) ? undefined : [...pages][0]
  }

  /** The changes of the page that is shown. */
  #step(diff: BoardDiff): ReadonlyMap<ShapeId, ShapeChange> {
    const { shapes, ordered } = this.#own as View
    const changes = new Map<ShapeId, ShapeChange>()
    for (const [id, change] of diff.shapes) {
      const before = shapes.get(id)
      const after = this.#shows(change.after, this.#page) ? change.after : undefined
      if (!before && !after) continue
      if (after) shapes.set(id, after)
      else shapes.delete(id)
      changes.set(id, { before, after })
    }
    reorder(ordered, changes.values(), changes.size, shapes.values())
    return changes
  }

  /** Shows `page`, and what of it is not what was shown before `diff`. */
  #turn(page: string, diff: BoardDiff): ReadonlyMap<ShapeId, ShapeChange> {
    const before = this.#own?.shapes ?? undone(this.#board.shapes, diff)
    this.#page = page
    this.#own = this.#sheets.size > 0 ? this.#viewOf(page) : null
    const changes = new Map<ShapeId, ShapeChange>()
    for (const [id, shape] of before) {
      const after = this.shapes.get(id)
      if (after !== shape) changes.set(id, { before: shape, after })
    }
    for (const [id, after] of this.shapes) if (!before.has(id)) changes.set(id, { before: undefined, after })
    return changes
  }

  #show(id: string): void {
    if (id === this.#page || !this.#ids.has(id)) return
    this.#leaving.tell()
    this.#wanted = null
    this.#tell({ source: 'remote', shapes: this.#turn(id, { source: 'remote', shapes: NO_CHANGES }) })
    this.#turned.tell()
  }

  #tell(diff: BoardDiff): void {
    for (const listener of [...this.#listeners]) listener(diff)
  }

  /** Writes to the whole board, if that may be. `shown`: the page to turn to. */
  #write(edits: readonly Edit[], shown?: string): void {
    if (edits.length === 0 || this.readOnly !== undefined) return
    this.#wanted = shown ?? null
    this.#board.transact(edits)
  }

  #known(page: string | undefined): readonly KnownShape[] {
    return this.#board.ordered.filter(
      (shape): shape is KnownShape =>
        shape.type !== 'unreadable' && this.#shows(shape, page ?? this.#pageOf(shape)),
    )
  }
}

const idsOf = (pages: readonly PageInfo[]): ReadonlySet<string> => new Set(pages.map(({ id }) => id))

/** The shapes as they were before `diff`. */
function undone(shapes: ReadonlyMap<ShapeId, Shape>, diff: BoardDiff): ReadonlyMap<ShapeId, Shape> {
  const before = new Map(shapes)
  for (const [id, change] of diff.shapes) {
    if (change.before) before.set(id, change.before)
    else before.delete(id)
  }
  return before
}

/** Those of a board's shapes that a reader without pages is to see: what is on the page at the front. */
export function frontPage(shapes: readonly Shape[]): readonly Shape[] {
  const sheets = new Map(shapes.flatMap(shape => (shape.type === 'page' ? [[shape.id, shape] as const] : [])))
  if (sheets.size === 0) return shapes
  const ids = idsOf(pagesOf(sheets))
  const [front] = ids
  return shapes.filter(shape => {
    const page = pageId(shape.page)
    return shape.type !== 'page' && (ids.has(page) ? page : front) === front
  })
}
