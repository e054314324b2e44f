import type { Shape, ShapeId } from '../../shared/shapes/index.ts'

const NONE: ReadonlySet<ShapeId> = new Set()

/** Knows which arrows each shape holds. */
export class BoundArrows {
  readonly #holders = new Map<ShapeId, readonly ShapeId[]>()
  readonly #on = new Map<ShapeId, Set<ShapeId>>()

  /** Every arrow that names a shape as its holder, be that there or not. */
  ids(): Iterable<ShapeId> {
    return this.#holders.keys()
  }

  has(id: ShapeId): boolean {
    return this.#holders.has(id)
  }

  /** The arrows that name `holder`. */
  on(holder: ShapeId): ReadonlySet<ShapeId> {
    return this.#on.get(holder) ?? NONE
  }

  /** Notes the shape of that id as it is now; undefined for one that is gone. */
  note(id: ShapeId, shape: Shape | undefined): void {
    const holders = shape?.type === 'arrow' ? holdersOf(shape) : []
    const before = this.#holders.get(id) ?? []
    if (before.length === 0 && holders.length === 0) return
    for (const holder of before) this.#leave(holder, id)
    for (const holder of holders) this.#join(holder, id)
    if (holders.length > 0) this.#holders.set(id, holders)
    else this.#holders.delete(id)
  }

  #join(holder: ShapeId, id: ShapeId): void {
    const arrows = this.#on.get(holder)
    if (arrows) arrows.add(id)
    else this.#on.set(holder, new Set([id]))
  }

  #leave(holder: ShapeId, id: ShapeId): void {
    const arrows = this.#on.get(holder)
    arrows?.delete(id)
    if (arrows?.size === 0) this.#on.delete(holder)
  }
}

const holdersOf = ({ start, end }: Extract<Shape, { readonly type: 'arrow' }>): readonly ShapeId[] =>
  [start, end].flatMap(binding => binding?.[0] ?? [])
