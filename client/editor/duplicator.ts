import type { Vec } from '../../shared/geometry/vec.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import { copiesOf, isCopiedInPart, originalsOf } from './copies.ts'
import { topKeys } from './order-keys.ts'
import { knownShape } from './preview.ts'
import type { Scene } from './types.ts'

/** Screen pixels by which a copy lies beside its original. */
const BESIDE = 16

/** Makes copies, each as far from the last as that one, once it was moved, is from its own original. */
export class Duplicator {
  readonly #scene: Scene
  /** Which shape each copy of the last duplication was made from. */
  #originals: ReadonlyMap<ShapeId, ShapeId> = new Map()

  constructor(scene: Scene) {
    this.#scene = scene
  }

  copiesOf(shapes: readonly KnownShape[]): readonly KnownShape[] {
    const { board, camera, members, newId } = this.#scene
    const copies = copiesOf(shapes, {
      newId,
      keys: topKeys(board, shapes.length),
      offset: this.#offset(shapes),
      zoom: camera.zoom,
      keepsGroup: isCopiedInPart(members, shapes),
    })
    this.note(originalsOf(copies, shapes))
    return copies
  }

  /** Copies that were made otherwise: which shape each was made from. */
  note(originals: ReadonlyMap<ShapeId, ShapeId>): void {
    this.#originals = originals
  }

  #offset(shapes: readonly KnownShape[]): Vec {
    const [first] = shapes
    const originals = this.#originals
    const original = first && knownShape(this.#scene.board, originals.get(first.id) ?? '')
    const isLastCopy = shapes.length === originals.size && shapes.every(({ id }) => originals.has(id))
    if (first && original && isLastCopy) {
      return [first.pos[0] - original.pos[0], first.pos[1] - original.pos[1]]
    }
    const beside = BESIDE / this.#scene.camera.zoom
    return [beside, beside]
  }
}
