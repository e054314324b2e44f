import * as Y from 'yjs'
import { LIMITS } from '../../shared/schema/limits.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import {
  isShapeType,
  type KnownShape,
  type Shape,
  type ShapeId,
  type ShapeType,
} from '../../shared/shapes/index.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Board, BoardDiff, Edit, ShapeChange, TextAnchor, TransactOptions } from './board.ts'
import { assertEdits } from './edit-checks.ts'
import { isOfEarlierVersion, isOfLaterVersion, upgradeDocument } from './migrate.ts'
import { reorder } from './paint-order.ts'
import {
  markText,
  newShapeMap,
  patchShapeMap,
  readShapeMap,
  restoreKeys,
  type ShapeMap,
  signedShape,
  signShapeMap,
  spliceText,
  textOf,
} from './shape-map.ts'
import { noteSelection, travel } from './step-selection.ts'
import { anchorAt, offsetOf } from './text-anchor.ts'

const NO_ARROWS: readonly Arrow[] = []

/**
 * The board that a Y.Doc holds. Every change of the document, whoever made it, reaches subscribers as one
 * BoardDiff per transaction, and `shapes` and `ordered` are already up to date by then.
 */
export class DocBoard implements Board {
  readonly shapes = new Map<ShapeId, Shape>()
  readonly ordered: Shape[] = []
  readonly #doc: Y.Doc
  readonly #shapeMaps: Y.Map<ShapeMap>
  readonly #meta: Y.Map<unknown>
  readonly #undo: Y.UndoManager
  /** Marks this board's own transactions. */
  readonly #own = Symbol('own')
  /** Marks what follows an undo and is not undone itself. */
  readonly #mend = Symbol('mend')
  readonly #listeners = new Set<(diff: BoardDiff) => void>()
  #changed = new Map<ShapeId, ShapeChange>()
  #title: string
  #canUndo = false
  #canRedo = false
  #wasNewer: boolean
  #lock: string | undefined

  readonly #now: () => number
  readonly #author: () => string

  /**
   * Wraps `doc` as it is now and follows it until `destroy`. `now` in ms since the epoch dates a new board; `author` is
   * the name that changes are signed with, empty for none.
   */
  constructor(doc: Y.Doc, now: () => number = Date.now, author: () => string = () => '') {
    this.#doc = doc
    this.#now = now
    this.#author = author
    this.#shapeMaps = doc.getMap('shapes')
    this.#meta = doc.getMap('meta')
    this.#title = this.title
    this.#wasNewer = this.isNewer
    this.#undo = new Y.UndoManager([this.#shapeMaps], {
      captureTimeout: 0,
      trackedOrigins: new Set([this.#own]),
    })
    for (const id of this.#shapeMaps.keys()) this.#reread(id)
    this.#settleOrder()
    this.#changed = new Map()
    this.#shapeMaps.observeDeep(this.#onEvents)
    // After the undo manager's own handler, so that canUndo is right when subscribers ask.
    doc.on('afterTransaction', this.#onTransaction)
  }

  destroy(): void {
    this.#shapeMaps.unobserveDeep(this.#onEvents)
    this.#doc.off('afterTransaction', this.#onTransaction)
    this.#undo.destroy()
    this.#listeners.clear()
  }

  get title(): string {
    const title = this.#meta.get('title')
    return typeof title === 'string' ? title.slice(0, LIMITS.titleLength) : ''
  }

  /** Whether a newer version of the app wrote the board, which this one must not touch. */
  get isNewer(): boolean {
    return isOfLaterVersion(this.#doc)
  }

  get readOnly(): string | undefined {
    if (!this.isNewer) return this.#lock
    return 'This board was written by a newer version of Driftboard. Reload to update; until then it is read-only.'
  }

  /** Makes the board read-only for the reason given, which is for the person; undefined takes that back. */
  lock(reason: string | undefined): void {
    if (reason === this.#lock) return
    this.#lock = reason
    for (const listener of [...this.#listeners]) listener({ source: 'remote', shapes: new Map() })
  }

  get canUndo(): boolean {
    return this.#undo.canUndo()
  }

  get canRedo(): boolean {
    return this.#undo.canRedo()
  }

  /** Arrows are bound a layer above, see BoundBoard. */
  arrowsOn(): readonly Arrow[] {
    return NO_ARROWS
  }

  subscribe(listener: (diff: BoardDiff) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  transact(
    edits: readonly Edit[],
    { joinsPrevious = false, selection, isImported = false }: TransactOptions = {},
  ): void {
    if (this.readOnly) throw new Error(this.readOnly)
    assertEdits(edits, this.shapes)
    if (isOfEarlierVersion(this.#doc)) this.upgrade()
    const by = signature(this.#author())
    this.#undo.captureTimeout = joinsPrevious ? Infinity : 0
    this.#doc.transact(() => {
      if (!this.#meta.has('schema')) {
        this.#meta.set('schema', SCHEMA_VERSION)
        this.#meta.set('created', this.#now())
      }
      for (const edit of edits) this.#apply(edit, by, !isImported)
    }, this.#own)
    noteSelection(this.#undo.undoStack, selection)
  }

  /** Writes what earlier versions have written as this version does. Does nothing where nothing may be written. */
  upgrade(): void {
    if (!this.readOnly) upgradeDocument(this.#doc)
  }

  anchorAt(id: ShapeId, offset: number): TextAnchor | undefined {
    const text = textOf(this.#shapeMaps.get(id))
    return text && anchorAt(text, offset)
  }

  offsetOf(id: ShapeId, anchor: TextAnchor): number | undefined {
    const text = textOf(this.#shapeMaps.get(id))
    return text && offsetOf(text, anchor)
  }

  undo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.readOnly ? undefined : this.#mending(() => travel(this.#undo, 'undo', selection))
  }

  redo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.readOnly ? undefined : this.#mending(() => travel(this.#undo, 'redo', selection))
  }

  /**
   * Yjs undoes a move that somebody else has overtaken by taking the place of the shape away. What a shape cannot do
   * without is written again as it was seen last.
   */
  #mending<T>(step: () => T): T {
    const broken = new Map<ShapeId, KnownShape>()
    const stop = this.subscribe(({ shapes }) => {
      for (const [id, { before, after }] of shapes) {
        if (before && before.type !== 'unreadable' && after?.type === 'unreadable') broken.set(id, before)
      }
    })
    const result = step()
    stop()
    if (broken.size === 0) return result
    this.#doc.transact(() => {
      for (const [id, shape] of broken) restoreKeys(this.#shapeMaps.get(id), shape)
    }, this.#mend)
    return result
  }

  #apply(edit: Edit, by: string, isAuthor: boolean): void {
    switch (edit.op) {
      case 'create':
        if (!this.#shapeMaps.has(edit.shape.id))
          this.#shapeMaps.set(edit.shape.id, newShapeMap(signedShape(edit.shape, by, isAuthor)))
        return
      case 'remove':
        if (this.#writable(edit.id)) this.#shapeMaps.delete(edit.id)
        return
      case 'patch': {
        const found = this.#writable(edit.id)
        if (!found) return
        patchShapeMap(found.map, found.type, edit.patch)
        signShapeMap(found.map, by)
        return
      }
      case 'text': {
        const found = this.#writable(edit.id)
        if (found && spliceText(found.map, edit)) signShapeMap(found.map, by)
        return
      }
      case 'mark': {
        const found = this.#writable(edit.id)
        if (found && markText(found.map, edit)) signShapeMap(found.map, by)
        return
      }
      case 'title':
        this.#meta.set('title', edit.title)
        return
      default:
        unreachable(edit)
    }
  }

  /** The shape's map, when the shape is there and readable. */
  #writable(id: ShapeId): { readonly map: ShapeMap; readonly type: ShapeType } | undefined {
    const map = this.#shapeMaps.get(id)
    if (!(map instanceof Y.Map) || this.shapes.get(id)?.type === 'unreadable') return undefined
    const type = map.get('type')
    return isShapeType(type) ? { map, type } : undefined
  }

  readonly #onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const ids = new Set<ShapeId>()
    for (const event of events) {
      const [id] = event.path
      if (id !== undefined) ids.add(String(id))
      else for (const key of event.keys.keys()) ids.add(key)
    }
    for (const id of ids) this.#reread(id)
    this.#settleOrder()
  }

  #reread(id: ShapeId): void {
    const before = this.shapes.get(id)
    const after = this.#shapeMaps.has(id) ? readShapeMap(id, this.#shapeMaps.get(id)) : undefined
    if (after) this.shapes.set(id, after)
    else this.shapes.delete(id)
    if (before || after) this.#changed.set(id, { before, after })
  }

  #settleOrder(): void {
    reorder(this.ordered, this.#changed.values(), this.#changed.size, this.shapes.values())
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    const { title, canUndo, canRedo, isNewer } = this
    const quiet =
      this.#changed.size === 0 &&
      title === this.#title &&
      isNewer === this.#wasNewer &&
      canUndo === this.#canUndo &&
      canRedo === this.#canRedo
    if (quiet) return
    const shapes = this.#changed
    this.#changed = new Map()
    this.#title = title
    this.#wasNewer = isNewer
    this.#canUndo = canUndo
    this.#canRedo = canRedo
    for (const listener of [...this.#listeners]) listener({ source: this.#sourceOf(transaction), shapes })
  }

  #sourceOf({ origin }: Y.Transaction): BoardDiff['source'] {
    if (origin === this.#own) return 'own'
    return origin === this.#undo || origin === this.#mend ? 'undo' : 'remote'
  }
}

/** A name as it is written on shapes: within its limit, and without halves of characters, which no document can hold. */
const signature = (name: string): string => name.slice(0, LIMITS.byLength).replace(/\p{Surrogate}/gu, '')
