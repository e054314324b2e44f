import type { Frame } from './frame.ts'
import type { Shape, ShapeId } from './index.ts'

const NOTHING: ReadonlySet<ShapeId> = new Set()

/** Knows the frames of a board, and what lies in each. */
export class FrameContents {
  readonly #frames = new Map<ShapeId, Frame>()
  readonly #contents = new Map<ShapeId, Set<ShapeId>>()

  get frames(): ReadonlyMap<ShapeId, Frame> {
    return this.#frames
  }

  /** What names `frame` as its frame, whether or not that is there. */
  of(frame: ShapeId): ReadonlySet<ShapeId> {
    return this.#contents.get(frame) ?? NOTHING
  }

  /** Starts over with `shapes`. */
  load(shapes: Iterable<Shape>): void {
    this.#frames.clear()
    this.#contents.clear()
    for (const shape of shapes) this.#note(undefined, shape)
  }

  /** Follows the changes of one transaction. */
  apply(changes: Iterable<{ readonly before: Shape | undefined; readonly after: Shape | undefined }>): void {
    for (const { before, after } of changes) this.#note(before, after)
  }

  #note(before: Shape | undefined, after: Shape | undefined): void {
    if (before?.type === 'frame') this.#frames.delete(before.id)
    if (after?.type === 'frame') this.#frames.set(after.id, after)
    if (before?.frame === after?.frame) return
    if (before && before.frame !== '') this.#leave(before.frame, before.id)
    if (after && after.frame !== '') this.#enter(after.frame, after.id)
  }

  #enter(frame: ShapeId, id: ShapeId): void {
    const contents = this.#contents.get(frame)
    if (contents) contents.add(id)
    else this.#contents.set(frame, new Set([id]))
  }

  #leave(frame: ShapeId, id: ShapeId): void {
    const contents = this.#contents.get(frame)
    contents?.delete(id)
    if (contents?.size === 0) this.#contents.delete(frame)
  }
}
