import { type Box, boxesMeet } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Frame } from '../../shared/shapes/frame.ts'
import { FrameContents } from '../../shared/shapes/frame-contents.ts'
import type { Shape, ShapeId } from '../../shared/shapes/index.ts'
import type { BoardDiff, BoardView } from '../board/board.ts'
import { clipCorners } from './clip-corners.ts'
import { coverOf, isCovered } from './cover-region.ts'
import { Layer } from './layer.ts'
import type { Pictures } from './pictures.ts'
import { paintedBounds, SceneIndex } from './scene-index.ts'
import { type Look, PLAIN, type Setting, type ShapeNode } from './shape-node.ts'
import type { ShapeViews } from './shape-view.ts'

/** ms of one frame for shapes that are missing in view: they come first, yet a full board must not freeze. */
const URGENT_BUDGET = 24
/** ms of one frame for what can wait: shapes around the view, and finer or coarser geometry after a zoom. */
const IDLE_BUDGET = 5
/**
 * ms more for every shape on the GPU. A frame that attaches or redraws makes Pixi go through all of them, so with
 * many, fewer and longer frames end sooner.
 */
const BUDGET_PER_SHAPE = 0.002
/** How strongly a shape that the eraser has touched still shows. */
const ERASED: Look = { fade: 0.25, isTextHidden: false }
/** Beside what a review is about. */
const FADED: Look = { fade: 0.22, isTextHidden: false }
const TYPED: Look = { fade: 1, isTextHidden: true }

/** The shapes as a gesture changes them: see previewShapes. */
export type Changes = ReadonlyMap<ShapeId, Shape | null>

/** The shapes of the board: attached where the camera looks, as fine as it asks for. */
export class World {
  readonly layer: Layer
  readonly #index: SceneIndex
  readonly #contents = new FrameContents()
  #setting: Setting
  /** The part of the world whose shapes are, or are about to be, attached. */
  #cover: Box | null = null
  #changes: Changes = new Map()
  #editing: ShapeId | null = null
  /** The shapes that a review is about. */
  #reviewed: ReadonlyMap<ShapeId, unknown> | null = null
  /** Not attached yet, in view first. */
  #missing: ShapeId[] = []
  /** Attached, but drawn for another setting. */
  #stale: ShapeId[] = []
  readonly #followingView = new Set<ShapeId>()

  constructor(
    private readonly board: BoardView,
    views: ShapeViews,
    private readonly lineWidth: LineWidth,
    pictures: Pictures,
    setting: Setting,
  ) {
    this.layer = new Layer(views, lineWidth, pictures)
    this.#index = new SceneIndex(lineWidth)
    this.#setting = setting
    this.reload()
  }

  /** Measures and draws everything anew: fonts or the GPU have changed. */
  reload(): void {
    this.layer.clear()
    this.#followingView.clear()
    this.#index.load(this.board.shapes.values())
    this.#contents.load(this.board.shapes.values())
    this.#cover = null
    this.#missing = []
    this.#stale = []
  }

  /** Follows one transaction of the board. */
  apply(diff: BoardDiff): void {
    this.#index.apply(diff)
    this.#contents.apply(diff.shapes.values())
    for (const id of diff.shapes.keys()) this.#syncWhole(id)
  }

  /** Shows `changes` in place of what the board says, and hides the text that is being typed elsewhere. */
  preview(changes: Changes, editing: ShapeId | null): void {
    const before = this.#changes
    const typed = this.#editing
    this.#changes = changes
    this.#editing = editing
    for (const [id, shape] of changes) if (before.get(id) !== shape || !before.has(id)) this.#syncWhole(id)
    for (const id of before.keys()) if (!changes.has(id)) this.#syncWhole(id)
    if (typed === editing) return
    if (typed !== null) this.#sync(typed)
    if (editing !== null) this.#sync(editing)
  }

  /** A picture has come, in another size perhaps, or turned out to be missing. */
  pictureChanged(asset: string): void {
    for (const id of this.layer.ids()) if (this.layer.node(id)?.asset === asset) this.#stale.push(id)
  }

  /** Lets everything fade but `reviewed`; null for the end of that. */
  review(reviewed: ReadonlyMap<ShapeId, unknown> | null): void {
    if (reviewed === this.#reviewed) return
    this.#reviewed = reviewed
    for (const id of [...this.layer.ids()]) this.#sync(id)
  }

  /** Goes on for as long as this frame may take. Returns whether there is more to do in the next. */
  look(setting: Setting, now: () => number): boolean {
    const before = this.#setting
    this.#setting = setting
    if (!isCovered(this.#cover, setting.view)) this.#fetch(setting.view)
    if (!sameFineness(before, setting)) this.#stale = this.#inViewFirst([...this.layer.ids()])
    for (const id of this.#followingView) if (this.layer.node(id)?.isStale(setting)) this.#stale.push(id)
    return this.#work(now)
  }

  /** Finds what belongs into the cover of `view`, and lets go of everything else. */
  #fetch(view: Box): void {
    const cover = coverOf(view)
    this.#cover = cover
    const wanted = new Set(this.#index.within(cover))
    for (const [id, shape] of this.#changes)
      if (shape && !shape.hidden && this.#meetsCover(shape)) wanted.add(id)
    for (const id of [...this.layer.ids()]) if (!wanted.has(id)) this.#remove(id)
    this.#missing = this.#inViewFirst([...wanted].filter(id => !this.layer.node(id)))
  }

  #work(now: () => number): boolean {
    const start = now() + this.layer.size * BUDGET_PER_SHAPE
    const inView = new Set(this.#missing.length > 0 ? this.#index.within(this.#setting.view) : [])
    let done = 0
    for (const id of this.#missing) {
      if (now() - start > (inView.has(id) ? URGENT_BUDGET : IDLE_BUDGET)) break
      this.#sync(id)
      done++
    }
    this.#missing.splice(0, done)
    done = 0
    for (const id of this.#stale) {
      if (now() - start > IDLE_BUDGET) break
      const node = this.layer.node(id)
      if (node?.isStale(this.#setting)) {
        node.refresh(this.#setting)
        this.#follow(id, node)
      }
      done++
    }
    this.#stale.splice(0, done)
    return this.#missing.length + this.#stale.length > 0
  }

  /** The frames, as they are shown. */
  frames(): readonly Frame[] {
    return Array.from(this.#contents.frames, ([id, stored]) => this.#changes.get(id) ?? stored).filter(
      (shown): shown is Frame => shown.type === 'frame' && !shown.hidden,
    )
  }

  /** As `#sync`, with what lies in the shape when it is a frame. */
  #syncWhole(id: ShapeId): void {
    this.#sync(id)
    for (const content of this.#contents.of(id)) if (!this.#changes.has(content)) this.#sync(content)
  }

  /** Brings one shape to what it should look like now. */
  #sync(id: ShapeId): void {
    const stored = this.board.shapes.get(id)
    const change = this.#changes.get(id)
    const shape = change ?? stored
    // A shape that is not on the board is drawn by the layer of what is being made.
    if (!shape || !stored || stored.hidden || !(this.layer.node(id) || this.#meetsCover(shape)))
      return this.#remove(id)
    this.#follow(id, this.layer.show(shape, this.#clipped(shape, this.#lookOf(id, change)), this.#setting))
  }

  /** A shape is drawn within its frame. */
  #clipped(shape: Shape, look: Look): Look {
    if (shape.frame === '') return look
    const frame = this.#changes.get(shape.frame) ?? this.board.shapes.get(shape.frame)
    const clip = clipCorners(frame, shape, this.lineWidth)
    return clip ? { ...look, clip } : look
  }

  #lookOf(id: ShapeId, change: Shape | null | undefined): Look {
    if (change === null) return ERASED
    if (this.#editing === id) return TYPED
    return this.#reviewed === null || this.#reviewed.has(id) ? PLAIN : FADED
  }

  #follow(id: ShapeId, node: ShapeNode): void {
    if (node.followsView) this.#followingView.add(id)
    else this.#followingView.delete(id)
  }

  #remove(id: ShapeId): void {
    this.#followingView.delete(id)
    this.layer.remove(id)
  }

  #meetsCover(shape: Shape): boolean {
    return this.#cover !== null && boxesMeet(this.#cover, paintedBounds(shape, this.lineWidth))
  }

  #inViewFirst(ids: readonly ShapeId[]): ShapeId[] {
    const inView = new Set(this.#index.within(this.#setting.view))
    return [...ids.filter(id => inView.has(id)), ...ids.filter(id => !inView.has(id))]
  }
}

const sameFineness = (a: Setting, b: Setting): boolean =>
  a.detail.density === b.detail.density && a.textDensity === b.textDensity && a.theme === b.theme
