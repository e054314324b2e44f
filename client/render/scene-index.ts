import RBush from 'rbush'
import { type Box, grow } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { type Shape, type ShapeId, shapeBounds, shapeOverhang } from '../../shared/shapes/index.ts'
import type { BoardDiff } from '../board/board.ts'

interface Entry {
  readonly id: ShapeId
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** From this many new shapes on, loading them at once is cheaper than inserting each. */
const BULK_FROM = 64

/** What of a shape is painted; world space. */
export const paintedBounds = (shape: Shape, lineWidth: LineWidth): Box =>
  grow(shapeBounds(shape, lineWidth), shapeOverhang(shape))

/** Knows what a part of the world shows: the unreadable shapes too, nothing that is hidden. */
export class SceneIndex {
  readonly #tree = new RBush<Entry>()
  readonly #entries = new Map<ShapeId, Entry>()

  constructor(private readonly lineWidth: LineWidth) {}

  /** Starts over with `shapes`. */
  load(shapes: Iterable<Shape>): void {
    this.#tree.clear()
    this.#entries.clear()
    this.#add(shapes)
  }

  apply(diff: BoardDiff): void {
    const added: Shape[] = []
    for (const [id, { after }] of diff.shapes) {
      const entry = this.#entries.get(id)
      if (entry) this.#tree.remove(entry)
      this.#entries.delete(id)
      if (after) added.push(after)
    }
    this.#add(added)
  }

  /** The ids of the shapes that paint in `box` (world space), in no order. */
  within({ x, y, w, h }: Box): readonly ShapeId[] {
    return this.#tree.search({ minX: x, minY: y, maxX: x + w, maxY: y + h }).map(entry => entry.id)
  }

  #add(shapes: Iterable<Shape>): void {
    const entries: Entry[] = []
    for (const shape of shapes) {
      if (shape.hidden) continue
      const { x, y, w, h } = paintedBounds(shape, this.lineWidth)
      entries.push({ id: shape.id, minX: x, minY: y, maxX: x + w, maxY: y + h })
    }
    for (const entry of entries) this.#entries.set(entry.id, entry)
    if (entries.length >= BULK_FROM) this.#tree.load(entries)
    else for (const entry of entries) this.#tree.insert(entry)
  }
}
