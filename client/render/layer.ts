import { Container } from 'pixi.js'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Shape, ShapeId } from '../../shared/shapes/index.ts'
import { placeIn } from './paint-order.ts'
import type { Pictures } from './pictures.ts'
import { type Look, type Setting, ShapeNode } from './shape-node.ts'
import type { ShapeViews } from './shape-view.ts'

interface Slot {
  readonly id: ShapeId
  readonly z: string
  readonly node: ShapeNode
}

/** Shapes on the GPU, painted in the order of the board. A Pixi render group: moving the camera costs nothing. */
export class Layer {
  readonly root = new Container({ isRenderGroup: true })
  readonly #slots = new Map<ShapeId, Slot>()
  /** From the bottom to the top, as the children of `root`. */
  readonly #ordered: Slot[] = []
  #origin: Vec = [0, 0]

  constructor(
    private readonly views: ShapeViews,
    private readonly lineWidth: LineWidth,
    private readonly pictures: Pictures,
  ) {}

  get size(): number {
    return this.#slots.size
  }

  ids(): Iterable<ShapeId> {
    return this.#slots.keys()
  }

  node(id: ShapeId): ShapeNode | undefined {
    return this.#slots.get(id)?.node
  }

  /** Shows `shape` as it is now, attaching it when it is new here. */
  show(shape: Shape, look: Look, setting: Setting): ShapeNode {
    const { id, z } = shape
    const slot = this.#slots.get(id)
    if (slot && slot.z === z) {
      slot.node.update(shape, look, setting, this.#origin)
      return slot.node
    }
    if (slot) this.#detach(slot)
    const node = slot?.node ?? new ShapeNode(shape, this.views, this.lineWidth, this.pictures)
    node.update(shape, look, setting, this.#origin)
    this.#attach({ id, z, node })
    return node
  }

  remove(id: ShapeId): void {
    const slot = this.#slots.get(id)
    if (!slot) return
    this.#detach(slot)
    slot.node.destroy()
  }

  clear(): void {
    for (const slot of this.#ordered.splice(0)) slot.node.destroy()
    this.#slots.clear()
  }

  /**
   * Looks at the world from `camera`. Positions on the GPU are relative to `origin`, which stays near the view:
   * far from zero, 32-bit floats are coarser than a pixel.
   */
  look(camera: { readonly x: number; readonly y: number; readonly zoom: number }, origin: Vec): void {
    if (origin[0] !== this.#origin[0] || origin[1] !== this.#origin[1]) {
      this.#origin = origin
      for (const { node } of this.#ordered) node.place(origin)
    }
    this.root.scale.set(camera.zoom)
    this.root.position.set((origin[0] - camera.x) * camera.zoom, (origin[1] - camera.y) * camera.zoom)
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }

  #attach(slot: Slot): void {
    const at = placeIn(this.#ordered, slot)
    this.#ordered.splice(at, 0, slot)
    this.#slots.set(slot.id, slot)
    this.root.addChildAt(slot.node.root, at)
  }

  #detach(slot: Slot): void {
    this.#ordered.splice(placeIn(this.#ordered, slot) - 1, 1)
    this.#slots.delete(slot.id)
    this.root.removeChild(slot.node.root)
  }
}
