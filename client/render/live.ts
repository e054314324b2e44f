import { Container } from 'pixi.js'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import type { Camera, StrokeInProgress } from '../editor/types.ts'
import { clipCorners } from './clip-corners.ts'
import { Layer } from './layer.ts'
import type { Pictures } from './pictures.ts'
import { type Look, PLAIN, type Setting } from './shape-node.ts'
import type { ShapeViews } from './shape-view.ts'
import { WetStroke } from './wet-stroke.ts'

const TYPED: Look = { fade: 1, isTextHidden: true }
const GHOST: Look = { fade: 0.4, isTextHidden: false }

/**
 * What is being made and is not on the board yet, here and by others: new shapes, copies, strokes. It lies above
 * the board in a layer of its own, so that its changes leave the many shapes of the board alone.
 */
export class Live {
  readonly root = new Container()
  readonly #layer: Layer
  readonly #strokes = new Map<string, WetStroke>()
  readonly #wet = new Container({ isRenderGroup: true })

  constructor(
    views: ShapeViews,
    private readonly lineWidth: LineWidth,
    pictures: Pictures,
  ) {
    this.#layer = new Layer(views, lineWidth, pictures)
    this.root.addChild(this.#layer.root, this.#wet)
  }

  look(camera: Camera, origin: Vec): void {
    this.#layer.look(camera, origin)
    this.#wet.scale.set(camera.zoom)
    this.#wet.position.copyFrom(this.#layer.root.position)
  }

  /** @param ghosts shapes that are gone and shown in a review */
  showShapes(
    shapes: ReadonlyMap<string, Shape>,
    ghosts: ReadonlyMap<string, Shape>,
    editing: string | null,
    setting: Setting,
  ): void {
    for (const id of [...this.#layer.ids()]) if (!shapes.has(id) && !ghosts.has(id)) this.#layer.remove(id)
    for (const shape of [...ghosts.values(), ...shapes.values()]) {
      const look = shape.id === editing ? TYPED : ghosts.has(shape.id) ? GHOST : PLAIN
      this.#layer.show(shape, this.#clipped(shape, shapes, look), setting)
      const node = this.#layer.node(shape.id)
      if (node?.isStale(setting)) node.refresh(setting)
    }
  }

  /** A copy lies in the copy of its frame. */
  #clipped(shape: Shape, shapes: ReadonlyMap<string, Shape>, look: Look): Look {
    const clip = shape.frame === '' ? undefined : clipCorners(shapes.get(shape.frame), shape, this.lineWidth)
    return clip ? { ...look, clip } : look
  }

  /** Strokes by who draws them. */
  showStrokes(strokes: ReadonlyMap<string, StrokeInProgress>, setting: Setting, origin: Vec): void {
    for (const [key, wet] of this.#strokes) {
      const stroke = strokes.get(key)
      if (stroke && wet.isSame(stroke)) continue
      wet.destroy()
      this.#strokes.delete(key)
    }
    for (const [key, stroke] of strokes) {
      const wet = this.#strokes.get(key) ?? this.#begin(key, stroke)
      wet.update(stroke, setting, origin)
    }
  }

  /** Forgets everything, to be drawn again for another theme or another GPU context. */
  clear(): void {
    this.#layer.clear()
    for (const wet of this.#strokes.values()) wet.destroy()
    this.#strokes.clear()
  }

  destroy(): void {
    this.clear()
    this.#layer.destroy()
    this.root.destroy({ children: true })
  }

  #begin(key: string, stroke: StrokeInProgress): WetStroke {
    const wet = new WetStroke(stroke)
    this.#strokes.set(key, wet)
    this.#wet.addChild(wet.root)
    return wet
  }
}
