import { AlphaFilter, Container, Graphics } from 'pixi.js'
import { type Box, centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, sub, type Vec } from '../../shared/geometry/vec.ts'
import { type Shape, shapeBox } from '../../shared/shapes/index.ts'
import { shownOpacity } from '../../shared/shapes/ink.ts'
import type { Theme } from './colour.ts'
import type { Detail } from './detail.ts'
import { FrameClip } from './frame-clip.ts'
import { looksAlike } from './looks-alike.ts'
import { PictureSprite } from './picture-sprite.ts'
import { PICTURE_STAND_INS } from './picture-stand-in.ts'
import type { Pictures } from './pictures.ts'
import { placeholderView } from './placeholder.ts'
import { drawAreas } from './polygons.ts'
import type { ShapeView, ShapeViews } from './shape-view.ts'
import { textBlock } from './text-block.ts'
import { TextLabels } from './text-labels.ts'
import { turnedBack } from './text-region.ts'

/** What shapes are drawn for: the same for every shape of a frame. */
export interface Setting {
  readonly detail: Detail
  /** Device pixels per world unit at which text is drawn. */
  readonly textDensity: number
  /** World space. */
  readonly view: Box
  readonly theme: Theme
  /** Whether overlapping areas can be made one picture before they are seen through; Pixi's 2D canvas cannot. */
  readonly canGroup: boolean
}

/** How one shape stands out from how it is stored. */
export interface Look {
  /** 0 to 1, on top of the shape's own opacity. */
  readonly fade: number
  /** The text is being typed elsewhere. */
  readonly isTextHidden: boolean
  /** The corners that its frame cuts the shape off at; world space. */
  readonly clip?: readonly Vec[] | undefined
}

export const PLAIN: Look = { fade: 1, isTextHidden: false }

/** One shape on the GPU. */
export class ShapeNode {
  readonly root = new Container()
  readonly #body = new Graphics()
  readonly #labels: TextLabels
  readonly #clip = new FrameClip(this.root)
  readonly #picture: PictureSprite
  #shape: Shape
  /** Unrotated, relative to `pos`. */
  #box: Box = { x: 0, y: 0, w: 0, h: 0 }
  /** What draws the shape: its own view, or what stands in for a picture that is not here. */
  #face: ShapeView<Shape>
  #drawn: { readonly detail: Detail; readonly theme: Theme } | undefined
  #look: Look = PLAIN
  #origin: Vec = [0, 0]
  /** Makes one picture of areas that overlap before it is seen through. */
  #group: AlphaFilter | null = null

  constructor(
    shape: Shape,
    private readonly views: ShapeViews,
    private readonly lineWidth: LineWidth,
    pictures: Pictures,
  ) {
    this.#shape = shape
    this.#face = viewOf(shape, views)
    this.#labels = new TextLabels(this.root, lineWidth)
    this.#picture = new PictureSprite(this.root, pictures)
    // Pixi would give every larger figure a draw call of its own, in each frame; to batch it costs once.
    this.#body.context.batchMode = 'batch'
    this.root.addChild(this.#body)
  }

  get shape(): Shape {
    return this.#shape
  }

  /** Shows `shape` instead. What is drawn is kept when the two differ only in their place. */
  update(shape: Shape, look: Look, setting: Setting, origin: Vec): void {
    const before = this.#shape
    const isTextToggled = look.isTextHidden !== this.#look.isTextHidden
    this.#shape = shape
    this.#look = look
    if (!this.#drawn || !looksAlike(before, shape)) this.#draw(setting)
    else if (isTextToggled) this.#drawText(setting)
    this.place(origin)
  }

  /** Puts the shape where it belongs, as seen from `origin` (world space). */
  place(origin: Vec): void {
    this.#origin = origin
    const { pos, rot } = this.#shape
    const [cx, cy] = centreOf(this.#box)
    this.root.pivot.set(cx, cy)
    this.root.position.set(pos[0] - origin[0] + cx, pos[1] - origin[1] + cy)
    this.root.rotation = rot
    const alpha = shownOpacity(this.#shape) * this.#look.fade
    this.root.alpha = this.#group ? 1 : alpha
    if (this.#group) this.#group.alpha = alpha
    const centre: Vec = [pos[0] + cx, pos[1] + cy]
    this.#clip.update(this.#look.clip?.map(p => sub(rotateAbout(p, centre, -rot), pos)))
  }

  /** The hash of the picture that the shape shows. */
  get asset(): string | undefined {
    return this.#picture.asset
  }

  /** Whether the shape is drawn for another zoom or theme, lacks a part of its text, or has its picture by now. */
  isStale(setting: Setting): boolean {
    const drawn = this.#drawn
    if (!drawn || drawn.theme !== setting.theme || drawn.detail.density !== setting.detail.density)
      return true
    return this.#picture.isStale || this.#labels.isStale(this.#textSetting(setting))
  }

  /** Whether the text can become stale by panning alone. */
  get followsView(): boolean {
    return this.#labels.followsView
  }

  /** Draws again what is stale. */
  refresh(setting: Setting): void {
    const drawn = this.#drawn
    const isBodyFresh =
      !this.#picture.isStale &&
      drawn?.theme === setting.theme &&
      drawn.detail.density === setting.detail.density
    if (isBodyFresh) this.#drawText(setting)
    else this.#draw(setting)
  }

  destroy(): void {
    this.#labels.clear()
    this.#clip.clear()
    this.#picture.clear()
    this.#group?.destroy()
    this.root.destroy({ children: true })
  }

  #draw(setting: Setting): void {
    const { pos } = this.#shape
    const box = shapeBox(this.#shape, this.lineWidth)
    this.#box = { ...box, x: box.x - pos[0], y: box.y - pos[1] }
    const { tolerance, leastWidth } = setting.detail
    const translucent = shownOpacity(this.#shape) < 1
    this.#face = this.#faceFor(setting)
    const areas = this.#face.areas(this.#shape, { tolerance, leastWidth, translucent }, this.lineWidth)
    drawAreas(this.#body, areas, setting.theme)
    this.#groupUp(setting.canGroup && translucent && areas.some(area => area.overlaps))
    this.#drawn = { detail: setting.detail, theme: setting.theme }
    this.#drawText(setting)
  }

  /** A shape never changes its type: what has no picture now has none later. */
  #faceFor({ detail }: Setting): ShapeView<Shape> {
    const view = viewOf(this.#shape, this.views)
    if (!view.picture) return view
    const at = this.#picture.draw(view.picture(this.#shape), detail.density)
    return at === 'here' ? view : (PICTURE_STAND_INS[at] as ShapeView<Shape>)
  }

  #groupUp(isGroup: boolean): void {
    if (isGroup === (this.#group !== null)) return
    this.#group?.destroy()
    this.#group = isGroup ? new AlphaFilter({ alpha: 1, antialias: 'inherit' }) : null
    this.root.filters = this.#group ? [this.#group] : []
    this.place(this.#origin)
  }

  #drawText(setting: Setting): void {
    const words = this.#face.text ?? textBlock
    const block = this.#look.isTextHidden ? undefined : words(this.#shape, this.lineWidth)
    const beside = this.#face.words?.(this.#shape, this.lineWidth) ?? []
    this.#labels.draw([block, ...beside], this.#textSetting(setting))
  }

  #textSetting({ textDensity, view, theme }: Setting) {
    const { pos, rot } = this.#shape
    const own = { ...view, x: view.x - pos[0], y: view.y - pos[1] }
    return { density: textDensity, view: turnedBack(own, centreOf(this.#box), rot), theme }
  }
}

/** TypeScript cannot see that the view of a type takes the shapes of that type. */
const viewOf = (shape: Shape, views: ShapeViews): ShapeView<Shape> =>
  (shape.type === 'unreadable' ? placeholderView : views[shape.type]) as ShapeView<Shape>
