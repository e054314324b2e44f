import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import { resolveArrow } from '../../shared/shapes/arrow-binding.ts'
import type { Shape, ShapeId } from '../../shared/shapes/index.ts'
import type { Board, BoardDiff, Edit, ShapeChange, TextAnchor, TransactOptions } from './board.ts'
import { BoundArrows } from './bound-arrows.ts'
import { withArrows } from './bound-edits.ts'
import { reorder } from './paint-order.ts'

/**
 * A board on which arrows are where their shapes hold them: `shapes`, `ordered` and every diff have them as they are seen, and a shape that
 * changes brings its arrows along in the same diff. Whoever reads it need not know of bindings. What is written keeps them right: see
 * `withArrows`.
 */
export class BoundBoard implements Board {
  readonly shapes: Map<ShapeId, Shape>
  readonly ordered: Shape[]
  readonly #inner: Board
  readonly #lineWidth: LineWidth
  readonly #arrows = new BoundArrows()
  readonly #listeners = new Set<(diff: BoardDiff) => void>()
  readonly #stop: () => void

  /** Follows `inner` until `destroy`; that one stays the caller's. */
  constructor(inner: Board, lineWidth: LineWidth) {
    this.#inner = inner
    this.#lineWidth = lineWidth
    this.shapes = new Map(inner.shapes)
    this.ordered = [...inner.ordered]
    for (const shape of inner.shapes.values()) this.#arrows.note(shape.id, shape)
    this.#apply(this.#resolved(this.#arrows.ids()))
    this.#stop = inner.subscribe(diff => this.#follow(diff))
  }

  destroy(): void {
    this.#stop()
    this.#listeners.clear()
  }

  get title(): string {
    return this.#inner.title
  }

  get readOnly(): string | undefined {
    return this.#inner.readOnly
  }

  get canUndo(): boolean {
    return this.#inner.canUndo
  }

  get canRedo(): boolean {
    return this.#inner.canRedo
  }

  arrowsOn(id: ShapeId): readonly Arrow[] {
    const on: Arrow[] = []
    for (const arrowId of this.#arrows.on(id)) {
      const arrow = this.#inner.shapes.get(arrowId)
      if (arrow?.type === 'arrow') on.push(arrow)
    }
    return on
  }

  subscribe(listener: (diff: BoardDiff) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  transact(edits: readonly Edit[], options?: TransactOptions): void {
    this.#inner.transact(withArrows(edits, this), options)
  }

  undo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.#inner.undo(selection)
  }

  redo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    return this.#inner.redo(selection)
  }

  anchorAt(id: ShapeId, offset: number): TextAnchor | undefined {
    return this.#inner.anchorAt(id, offset)
  }

  offsetOf(id: ShapeId, anchor: TextAnchor): number | undefined {
    return this.#inner.offsetOf(id, anchor)
  }

  /** The fonts have become ready: texts have other sizes than were measured before, and hold their arrows elsewhere. */
  remeasure(): void {
    const shapes = this.#resolved(this.#arrows.ids())
    if (shapes.size === 0) return
    this.#apply(shapes)
    this.#tell({ source: 'remote', shapes })
  }

  #follow({ source, shapes: changed }: BoardDiff): void {
    const arrows = new Set<ShapeId>()
    let wasBound = false
    for (const [id, { after }] of changed) {
      wasBound ||= this.#arrows.has(id)
      this.#arrows.note(id, after)
      if (this.#arrows.has(id)) arrows.add(id)
      for (const arrow of this.#arrows.on(id)) arrows.add(arrow)
    }
    const shapes = arrows.size > 0 || wasBound ? this.#asSeen(changed, arrows) : changed
    this.#apply(shapes)
    this.#tell({ source, shapes })
  }

  /** The changes, and those of `arrows` that follow them, as they were seen before and are seen now. */
  #asSeen(changed: BoardDiff['shapes'], arrows: Iterable<ShapeId>): Map<ShapeId, ShapeChange> {
    const seen = this.#resolved(arrows)
    for (const id of changed.keys()) seen.set(id, { before: this.shapes.get(id), after: this.#seenNow(id) })
    return seen
  }

  /** Those of the arrows that look otherwise now. */
  #resolved(arrows: Iterable<ShapeId>): Map<ShapeId, ShapeChange> {
    const changes = new Map<ShapeId, ShapeChange>()
    for (const id of arrows) {
      const before = this.shapes.get(id)
      const after = this.#seenNow(id)
      if (after && !(before && isSame(before, after))) changes.set(id, { before, after })
    }
    return changes
  }

  #seenNow(id: ShapeId): Shape | undefined {
    const { shapes } = this.#inner
    const stored = shapes.get(id)
    if (stored?.type !== 'arrow') return stored
    // Nothing on another page holds an arrow here.
    const find = (other: ShapeId) => {
      const shape = shapes.get(other)
      return shape?.page === stored.page ? shape : undefined
    }
    return resolveArrow(stored, find, this.#lineWidth)
  }

  #apply(changes: ReadonlyMap<ShapeId, ShapeChange>): void {
    for (const [id, { after }] of changes) {
      if (after) this.shapes.set(id, after)
      else this.shapes.delete(id)
    }
    reorder(this.ordered, changes.values(), changes.size, this.shapes.values())
  }

  #tell(diff: BoardDiff): void {
    for (const listener of [...this.#listeners]) listener(diff)
  }
}

/** Whether two shapes have the same values. */
function isSame(a: Shape, b: Shape | undefined): boolean {
  if (a === b) return true
  if (!b) return false
  const left = a as unknown as Readonly<Record<string, unknown>>
  const right = b as unknown as Readonly<Record<string, unknown>>
  return Object.keys({ ...left, ...right }).every(key => isSameValue(left[key], right[key]))
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, i) => item === b[i])
}
