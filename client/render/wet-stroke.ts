import { AlphaFilter, Container, Graphics } from 'pixi.js'
import type { Ink } from '../../shared/geometry/ink.ts'
import { sub, type Vec } from '../../shared/geometry/vec.ts'
import { brushOpacity, isSteady } from '../../shared/shapes/ink.ts'
import type { StrokeInProgress } from '../editor/types.ts'
import { paintOf, shownColour } from './colour.ts'
import { inkContour, inkWidth } from './contour.ts'
import { fillContour } from './polygons.ts'
import type { Setting } from './shape-node.ts'
import { StrokePieces } from './stroke-pieces.ts'

/** A stroke that is being drawn, here or by another person. Its finished pieces are drawn once. */
export class WetStroke {
  readonly root = new Container()
  readonly #finished = new Container()
  readonly #tail = new Graphics()
  readonly #pieces: StrokePieces
  readonly #colour: string
  /** World space: what the points on the GPU are relative to. */
  readonly #base: Vec
  #drawnPoints = 0
  #lastInk: Ink | undefined

  constructor(private readonly stroke: StrokeInProgress) {
    this.#pieces = new StrokePieces(stroke.width)
    this.#colour = stroke.stroke
    this.#base = stroke.ink.points[0] ?? [0, 0]
    this.root.addChild(this.#finished, this.#tail)
  }

  /** Whether `stroke` is this one, grown or not. */
  isSame(stroke: StrokeInProgress): boolean {
    const mine = this.stroke
    return mine.id === stroke.id && mine.width === stroke.width && mine.stroke === stroke.stroke
  }

  update({ ink }: StrokeInProgress, setting: Setting, origin: Vec): void {
    if (this.#lastInk === undefined) this.#seeThrough(setting.canGroup)
    this.root.position.set(this.#base[0] - origin[0], this.#base[1] - origin[1])
    if (this.#lastInk === ink && this.#drawnPoints === ink.points.length) return
    this.#lastInk = ink
    this.#drawnPoints = ink.points.length
    const { finished, tail, restarted } = this.#pieces.grow(ink)
    if (restarted) for (const piece of this.#finished.removeChildren()) piece.destroy()
    for (const piece of finished) {
      const graphics = new Graphics()
      this.#draw(graphics, piece, setting)
      this.#finished.addChild(graphics)
    }
    this.#draw(this.#tail.clear(), tail, setting)
  }

  destroy(): void {
    for (const filter of this.root.filters ?? []) filter.destroy()
    this.root.destroy({ children: true })
  }

  /** The pieces overlap, so what is seen through is the stroke as a whole. */
  #seeThrough(canGroup: boolean): void {
    const opacity = brushOpacity(this.stroke.brush, this.stroke.opacity)
    if (opacity === 1 || !canGroup) this.root.alpha = opacity
    else this.root.filters = [new AlphaFilter({ alpha: opacity, antialias: 'inherit' })]
  }

  #draw(graphics: Graphics, ink: Ink, { detail, theme }: Setting): void {
    const own = { points: ink.points.map(p => sub(p, this.#base)), pressures: ink.pressures }
    const width = inkWidth(this.stroke.width, detail.leastWidth)
    const contour = inkContour(own, width, detail.tolerance, isSteady(this.stroke))
    fillContour(graphics, contour, paintOf(shownColour(this.#colour, theme)))
  }
}
