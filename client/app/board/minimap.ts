import { css, html, LitElement, type PropertyValues } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { type Box, boxContainsPoint, centreOf, unionOf } from '../../../shared/geometry/box.ts'
import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import { visibleBox } from '../../editor/camera.ts'
import { shownColour, type Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import {
  boxOnMap,
  fromMap,
  isSameFit,
  type MapFit,
  type Mark,
  Marks,
  mapFit,
  onMap,
} from '../model/minimap.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/** CSS pixels. */
const SIZE = { w: 208, h: 140 }
/** The part of the viewport that one arrow key moves by. */
const STEP = 0.2
const ARROWS: Readonly<Record<string, Vec>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** What is on the board, in one of its versions. */
interface Content {
  readonly version: number
  readonly board: AppEditor['board']
  readonly marks: readonly Mark[]
  /** Null for an empty board. */
  readonly bounds: Box | null
}

/**
 * The whole board, small, and what of it is in view, which can be dragged.
 *
 * @fires close-panel - The person closed it.
 */
@customElement('drift-minimap')
export class Minimap extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      :host {
        position: absolute;
        right: 0;
        bottom: 48px;
        pointer-events: auto;
      }
      .panel {
        position: relative;
        overflow: hidden;
      }
      canvas {
        display: block;
        width: ${SIZE.w}px;
        height: ${SIZE.h}px;
        color: var(--accent);
        cursor: grab;
        touch-action: none;
      }
      canvas:active {
        cursor: grabbing;
      }
      canvas:focus-visible {
        outline-offset: -2px;
      }
      button {
        position: absolute;
        top: 4px;
        right: 4px;
        min-width: 24px;
        width: 24px;
        height: 24px;
        border-radius: var(--radius-s);
        background: var(--surface);
        color: var(--text-quiet);
        opacity: 0;
      }
      .panel:hover button,
      button:focus-visible {
        opacity: 1;
      }
      button svg {
        width: 14px;
        height: 14px;
      }
      @media (pointer: coarse) {
        button {
          opacity: 1;
          width: 36px;
          height: 36px;
        }
      }
      @media (max-width: 1270px) and (min-width: 721px) {
        :host {
          bottom: 104px;
        }
      }
      @media (max-width: 720px) {
        :host {
          bottom: 120px;
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'
  @query('canvas') private canvas: HTMLCanvasElement | undefined
  /** The shapes, drawn once for as long as they and their place on the map stay. */
  readonly #layer = document.createElement('canvas')
  #layerOf: { readonly content: Content; readonly fit: MapFit; readonly theme: Theme } | undefined
  #content: Content | undefined
  #boardVersion = 0
  #marks: Marks | undefined
  #fit: MapFit = { x: 0, y: 0, scale: 1 }
  #frame = 0
  /** While the view is dragged: where in it the pointer took hold, and the map as it was then. */
  #grip: { readonly offset: Vec; readonly fit: MapFit } | undefined

  constructor() {
    super()
    new EditorController(this, ({ state }, boardVersion) => {
      this.#boardVersion = boardVersion
      return [state.camera, state.viewport, boardVersion]
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  override render() {
    const ratio = window.devicePixelRatio
    return html`<div class="panel">
      <canvas width=${SIZE.w * ratio} height=${SIZE.h * ratio} tabindex="0" role="img"
        aria-label="Minimap: arrow keys move the view" @pointerdown=${this.#down} @pointermove=${this.#move}
        @pointerup=${this.#up} @pointercancel=${this.#up} @keydown=${this.#onKey}></canvas>
      <button aria-label="Close the minimap" data-tip="Close" @click=${() => this.dispatchEvent(new CustomEvent('close-panel'))}>${icon('close')}</button>
    </div>`
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
    })
  }

  #draw(): void {
    const { canvas, editor } = this
    const context = canvas?.getContext('2d')
    if (!canvas || !context || !editor) return
    const view = visibleBox(editor.state.camera, editor.state.viewport)
    const content = this.#contentOf(editor)
    this.#fit = this.#grip?.fit ?? mapFit(content.bounds, view, SIZE)
    this.#drawLayer(content)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.drawImage(this.#layer, 0, 0)
    drawView(context, boxOnMap(view, this.#fit), getComputedStyle(canvas).color)
  }

  /** Found once for each change of the board, not for each move of the camera. */
  #contentOf({ board, lineWidth }: AppEditor): Content {
    if (this.#content?.version === this.#boardVersion && this.#content.board === board) return this.#content
    const known = this.#marks ?? new Marks(lineWidth)
    this.#marks = known
    const marks = board.ordered.filter(({ hidden }) => !hidden).map(shape => known.of(shape))
    const bounds = unionOf(marks.map(mark => mark.bounds)) ?? null
    this.#content = { version: this.#boardVersion, board, marks, bounds }
    return this.#content
  }

  #drawLayer(content: Content): void {
    const known = this.#layerOf
    const fit = this.#fit
    if (known && known.content === content && known.theme === this.theme && isSameFit(known.fit, fit)) return
    this.#layerOf = { content, fit, theme: this.theme }
    this.#layer.width = SIZE.w * window.devicePixelRatio
    this.#layer.height = SIZE.h * window.devicePixelRatio
    const context = this.#layer.getContext('2d')
    if (!context) return
    context.scale(window.devicePixelRatio, window.devicePixelRatio)
    for (const mark of content.marks) drawMark(context, mark, fit, this.theme)
  }

  readonly #down = (event: PointerEvent): void => {
    const { editor } = this
    if (!editor || event.button !== 0) return
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    const at = fromMap(this.#place(event), this.#fit)
    const view = visibleBox(editor.state.camera, editor.state.viewport)
    const offset: Vec = boxContainsPoint(view, at) ? sub(at, centreOf(view)) : [0, 0]
    this.#grip = { offset, fit: this.#fit }
    this.#lookAt(sub(at, offset))
  }

  readonly #move = (event: PointerEvent): void => {
    if (this.#grip) this.#lookAt(sub(fromMap(this.#place(event), this.#grip.fit), this.#grip.offset))
  }

  readonly #up = (): void => {
    this.#grip = undefined
    this.requestUpdate()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key]
    if (!by || !this.editor) return
    event.preventDefault()
    event.stopPropagation()
    const view: Box = visibleBox(this.editor.state.camera, this.editor.state.viewport)
    const [x, y] = centreOf(view)
    this.#lookAt([x + by[0] * view.w * STEP, y + by[1] * view.h * STEP])
  }

  #place(event: PointerEvent): Vec {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }

  /** Puts a point of the world into the middle of the view. */
  #lookAt([x, y]: Vec): void {
    if (!this.editor) return
    const { camera, viewport } = this.editor.state
    const { zoom } = camera
    this.editor.look({ x: x - viewport.w / 2 / zoom, y: y - viewport.h / 2 / zoom, zoom })
  }
}

function drawMark(context: CanvasRenderingContext2D, mark: Mark, fit: MapFit, theme: Theme): void {
  context.beginPath()
  for (const point of mark.points) context.lineTo(...onMap(point, fit))
  if (mark.isClosed) context.closePath()
  if (mark.fill !== null) {
    context.fillStyle = shownColour(mark.fill, theme)
    context.globalAlpha = mark.stroke === null ? 0.45 : 0.9
    context.fill()
  }
  if (mark.stroke === null) return
  context.globalAlpha = 0.8
  context.strokeStyle = shownColour(mark.stroke, theme)
  context.stroke()
}

function drawView(context: CanvasRenderingContext2D, { x, y, w, h }: Box, accent: string): void {
  const ratio = window.devicePixelRatio
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.beginPath()
  context.roundRect(x, y, w, h, 3)
  context.fillStyle = accent
  context.globalAlpha = 0.1
  context.fill()
  context.globalAlpha = 1
  context.strokeStyle = accent
  context.lineWidth = 1.5
  context.stroke()
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-minimap': Minimap
  }
}
