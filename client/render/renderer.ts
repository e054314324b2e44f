import { Container, type Renderer as PixiRenderer, RendererType, Ticker } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import type { EditorState, EditorView, SelectionFrame } from '../editor/types.ts'
import { Carets } from './carets.ts'
import { clipCorners } from './clip-corners.ts'
import type { Theme } from './colour.ts'
import { drawsOnCpu } from './cpu-drawing.ts'
import { Cursors } from './cursors.ts'
import { detailFor, textDensity } from './detail.ts'
import { watchDevicePixels } from './device-pixels.ts'
import { FrameLoop } from './frame-loop.ts'
import { FrameTitles } from './frame-titles.ts'
import { Grid } from './grid.ts'
import { Lasers } from './lasers.ts'
import { Live } from './live.ts'
import { originFor } from './origin.ts'
import { Overlay } from './overlay.ts'
import { PALETTES } from './palette.ts'
import { decodeTexture } from './picture-texture.ts'
import { type PictureSource, Pictures } from './pictures.ts'
import { openPixi } from './pixi-webgl.ts'
import { fillPolygonsByWinding } from './polygons.ts'
import { PreviewBlend, type PreviewShapes } from './previews.ts'
import { ReviewMarksView } from './review-marks.ts'
import type { Setting } from './shape-node.ts'
import type { ShapeViews } from './shape-view.ts'
import { type Changes, World } from './world.ts'

export interface RendererOptions {
  /** Where the canvas goes. */
  readonly host: HTMLElement
  readonly view: EditorView
  readonly views: ShapeViews
  readonly theme: Theme
  /** The frame around the selection, where `shown` holds the shapes that look otherwise than on the board. */
  readonly frame: (shown: Changes) => SelectionFrame | null
  readonly previewShapes: PreviewShapes
  readonly pictures: PictureSource
}

export interface RenderStats {
  /** Since the renderer was made. */
  readonly frames: number
  /** ms of JavaScript in the last frame. */
  readonly lastFrame: number
  /** Shapes on the GPU. */
  readonly attached: number
  /** Pictures on the GPU. */
  readonly pictures: number
}

export interface Renderer {
  readonly canvas: HTMLCanvasElement
  readonly stats: RenderStats
  setTheme(theme: Theme): void
  /** Measures and draws all text anew: fonts have become ready. */
  reload(): void
  destroy(): void
}

/** Draws what `view` shows, one frame per change. Throws when the browser can neither do WebGL nor 2D. */
export async function createRenderer(options: RendererOptions): Promise<Renderer> {
  const pixi = await openPixi({
    antialias: true,
    autoDensity: true,
    resolution: devicePixelRatio,
    backgroundColor: PALETTES[options.theme].page,
    // All that is created is destroyed here; nothing may be collected while it waits to be drawn again.
    gcActive: false,
  })
  // Pixi's own ticker would wake the page sixty times a second.
  Ticker.system.autoStart = false
  Ticker.system.stop()
  fillPolygonsByWinding()
  if ('gl' in pixi && drawsOnCpu(pixi.gl)) pixi.limits.maxBatchableTextures = 1
  return new Stage(pixi, options)
}

/** Several shapes that are being dragged: then the frame around them says enough, and costs nothing. */
const isManyMoving = ({ preview, selection }: EditorState): boolean =>
  selection.size > 1 && preview !== null && 'ids' in preview

const NO_GHOSTS: ReadonlyMap<string, Shape> = new Map()

class Stage implements Renderer {
  readonly canvas: HTMLCanvasElement
  readonly #view: EditorView
  readonly #frame: RendererOptions['frame']
  readonly #root = new Container()
  readonly #grid = new Grid()
  readonly #pictures: Pictures
  readonly #world: World
  readonly #live: Live
  readonly #overlay: Overlay
  readonly #review: ReviewMarksView
  readonly #lasers: Lasers
  readonly #titles: FrameTitles
  readonly #carets: Carets
  readonly #cursors = new Cursors()
  readonly #previews: PreviewBlend
  readonly #loop = new FrameLoop(now => this.#draw(now))
  readonly #stops: readonly (() => void)[]
  #theme: Theme
  #origin: Vec = [0, 0]
  #frames = 0
  #lastFrame = 0

  constructor(
    private readonly pixi: PixiRenderer,
    { host, view, views, theme, frame, previewShapes, pictures }: RendererOptions,
  ) {
    this.canvas = pixi.canvas
    this.#view = view
    this.#frame = frame
    this.#theme = theme
    this.#pictures = new Pictures(pictures, decodeTexture, asset => {
      this.#world.pictureChanged(asset)
      this.#loop.ask()
    })
    this.#world = new World(view.board, views, view.lineWidth, this.#pictures, this.#setting())
    this.#live = new Live(views, view.lineWidth, this.#pictures)
    this.#overlay = new Overlay(view.lineWidth)
    this.#review = new ReviewMarksView(view.lineWidth)
    this.#lasers = new Lasers()
    this.#titles = new FrameTitles(view.lineWidth)
    this.#carets = new Carets(view.lineWidth)
    this.#previews = new PreviewBlend(previewShapes, view.board, view.lineWidth)
    this.#root.addChild(
      this.#grid.root,
      this.#world.layer.root,
      this.#live.root,
      this.#titles.root,
      this.#review.root,
      this.#overlay.root,
      this.#lasers.root,
      this.#carets.root,
      this.#cursors.root,
    )
    host.append(this.canvas)
    this.#stops = [
      view.board.subscribe(diff => this.#world.apply(diff)),
      view.subscribe(() => this.#loop.ask()),
      watchDevicePixels(() => this.#loop.ask()),
      this.#onContextRestored(() => this.reload()),
    ]
    this.#loop.ask()
  }

  get stats(): RenderStats {
    return {
      frames: this.#frames,
      lastFrame: this.#lastFrame,
      attached: this.#world.layer.size,
      pictures: this.#pictures.count,
    }
  }

  setTheme(theme: Theme): void {
    this.#theme = theme
    this.pixi.background.color = PALETTES[theme].page
    this.#live.clear()
    this.#loop.ask()
  }

  reload(): void {
    this.#world.reload()
    this.#live.clear()
    this.#titles.clear()
    this.#carets.clear()
    this.#cursors.clear()
    this.#pictures.clearIdle()
    this.#loop.ask()
  }

  destroy(): void {
    this.#loop.stop()
    for (const stop of this.#stops) stop()
    this.#world.layer.destroy()
    this.#live.destroy()
    this.#pictures.destroy()
    this.#overlay.destroy()
    this.#review.destroy()
    this.#lasers.destroy()
    this.#titles.destroy()
    this.#carets.destroy()
    this.#cursors.destroy()
    this.#grid.destroy()
    this.#root.destroy({ children: true })
    this.pixi.destroy({ removeView: true })
  }

  #onContextRestored(restored: () => void): () => void {
    this.canvas.addEventListener('webglcontextrestored', restored)
    return () => this.canvas.removeEventListener('webglcontextrestored', restored)
  }

  #setting(): Setting {
    const { camera, viewport } = this.#view.state
    return {
      detail: detailFor(camera.zoom, devicePixelRatio),
      textDensity: textDensity(camera.zoom, devicePixelRatio),
      view: { x: camera.x, y: camera.y, w: viewport.w / camera.zoom, h: viewport.h / camera.zoom },
      theme: this.#theme,
      canGroup: this.pixi.type === RendererType.WEBGL,
    }
  }

  /** Returns whether the next frame would look different without any change. */
  #draw(now: number): boolean {
    const start = performance.now()
    const { state } = this.#view
    const { camera, viewport, peers } = state
    if (viewport.w < 1 || viewport.h < 1) return false
    this.#resize(viewport)
    const setting = this.#setting()
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    const ghosts = state.review?.ghosts ?? NO_GHOSTS
    const previews = this.#previews.gather(state, now, isStill)
    this.#origin = originFor(setting.view, this.#origin)
    this.#grid.update(camera, viewport, devicePixelRatio, this.#theme)
    this.#world.preview(previews.changes, state.editing)
    this.#world.review(state.review?.sides ?? null)
    const hasMore = this.#world.look(setting, () => performance.now())
    this.#world.layer.look(camera, this.#origin)
    this.#live.showShapes(previews.made, ghosts, state.editing, setting)
    this.#live.showStrokes(previews.strokes, setting, this.#origin)
    this.#live.look(camera, this.#origin)
    this.#drawReview(state, previews.changes, setting)
    this.#drawOverlay(state, previews.changes)
    this.#drawTitles(state, previews.made.values())
    this.#carets.update(peers, this.#shown(previews.changes), camera, devicePixelRatio)
    const isFading = this.#lasers.update(state, now)
    const isGliding = this.#cursors.update(peers, camera, devicePixelRatio, now, isStill)
    this.pixi.render(this.#root)
    this.#frames++
    this.#lastFrame = performance.now() - start
    return hasMore || isFading || isGliding || previews.isMoving
  }

  #resize({ w, h }: EditorState['viewport']): void {
    const { width, height, resolution } = this.pixi
    const ratio = devicePixelRatio
    if (resolution === ratio && width === Math.round(w * ratio) && height === Math.round(h * ratio)) return
    this.pixi.resize(w, h, ratio)
  }

  /** Finds a shape of the board as gestures make it look. */
  #shown(changes: Changes): (id: string) => Shape | undefined {
    return id => changes.get(id) ?? this.#view.board.shapes.get(id)
  }

  /** @param made shapes that are being drawn */
  #drawTitles({ camera, viewport, editing }: EditorState, made: Iterable<Shape>): void {
    const drawn = Array.from(made).filter(shape => shape.type === 'frame')
    const frames = [...this.#world.frames(), ...drawn]
    this.#titles.update({ frames, camera, viewport, dpr: devicePixelRatio, theme: this.#theme, editing })
  }

  #drawReview({ review, camera }: EditorState, changes: Changes, { view }: Setting): void {
    const shown = this.#shown(changes)
    const shapeOf = (id: string) => shown(id) ?? review?.ghosts.get(id)
    this.#review.update(review && { camera, view, palette: PALETTES[this.#theme], marks: review, shapeOf })
  }

  #drawOverlay(state: EditorState, changes: Changes): void {
    const shapeOf = this.#shown(changes)
    const shown = (ids: Iterable<string>): readonly Shape[] =>
      Array.from(ids, shapeOf).filter(shape => shape !== undefined)
    this.#overlay.update({
      camera: state.camera,
      palette: PALETTES[this.#theme],
      selected: state.editing === null && !isManyMoving(state) ? shown(state.selection) : [],
      frame: this.#frame(changes),
      hovered: shown(state.hovered),
      clipOf: shape => clipCorners(shapeOf(shape.frame), shape, this.#view.lineWidth),
      isAimedAt: state.preview !== null || (state.tool !== 'select' && state.tool !== 'crop'),
      marquee: state.preview?.kind === 'marquee' ? state.preview.box : null,
      lasso: state.preview?.kind === 'lasso' ? state.preview.points : null,
      guides: state.guides,
      others: Array.from(state.peers.values(), ({ colour, selection }) => ({
        colour,
        shapes: shown(selection),
      })),
    })
  }
}
