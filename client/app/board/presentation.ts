import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import back from 'lucide-static/icons/chevron-left.svg?raw'
import forth from 'lucide-static/icons/chevron-right.svg?raw'
import fullscreen from 'lucide-static/icons/maximize.svg?raw'
import { toScreen } from '../../editor/camera.ts'
import { Presentation as Slides } from '../../editor/presentation.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { type PresentationAct, presentationAct } from '../model/presentation-keys.ts'
import { icon, picture } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'
import { presentationStyles } from './presentation.styles.ts'

/** ms. The bar and the pointer leave when nobody moves them. */
const AWAKE_FOR = 2_500
/** The part of the window, from its left, in which a touch leads back. */
const BACK_WITHIN = 0.25

/**
 * Shows the frames of the page one after the other, alone on the screen.
 *
 * @fires close-panel - It is over.
 */
@customElement('drift-presentation')
export class Presentation extends LitElement {
  static override styles = [base, buttons, panel, presentationStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @state() private isAwake = true
  #slides: Slides | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ending = new AbortController()
  #wasFull = false

  constructor() {
    super()
    new EditorController(this, ({ state: { camera, viewport, tool } }) => [camera, viewport, tool])
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#ending = new AbortController()
    const { signal } = this.#ending
    window.addEventListener('keydown', this.#onKey, { capture: true, signal })
    window.addEventListener('pointermove', this.#wake, { signal })
    document.addEventListener('fullscreenchange', this.#onFull, { signal })
    this.#begin()
    this.#wake()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#ending.abort()
    this.#slides?.end()
    this.#slides = undefined
    if (this.editor?.state.tool === 'laser') this.editor.use('select')
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
  }

  override willUpdate(): void {
    this.#begin()
  }

  /** The element may be in the page before it knows its editor. */
  #begin(): void {
    const { editor } = this
    if (this.#slides || !editor || !this.isConnected) return
    const [selected] = editor.state.selection
    this.#slides = new Slides(editor, selected === undefined ? {} : { from: selected })
    this.#slides.subscribe(() => this.requestUpdate())
    editor.select([])
    editor.use('select')
    this.#fill()
  }

  override render() {
    const slides = this.#slides
    if (!slides) return nothing
    if (slides.slides.length === 0) return this.#empty()
    const isPointing = this.editor?.state.tool === 'laser'
    return html`<div class=${`${this.isAwake ? 'awake' : ''} ${isPointing ? 'pointing' : ''}`}>
      <div class="stage" @click=${this.#onClick}>${this.#frame(slides)}</div>
      ${this.#bar(slides, isPointing)}
      <p class="unseen" role="status">${slides.current?.name}</p>
    </div>`
  }

  #frame({ current }: Slides) {
    if (!current || !this.editor) return nothing
    const { camera } = this.editor.state
    const [left, top] = toScreen(camera, [current.box.x, current.box.y])
    const size = { width: `${current.box.w * camera.zoom}px`, height: `${current.box.h * camera.zoom}px` }
    return html`<div class="slide" style=${styleMap({ left: `${left}px`, top: `${top}px`, ...size })}></div>`
  }

  #bar(slides: Slides, isPointing: boolean) {
    const laser = this.editor?.tools.find(({ name }) => name === 'laser')
    const isFirst = slides.index === 0
    const isLast = slides.index === slides.slides.length - 1
    return html`<div class="panel bar" role="toolbar" aria-label="Presentation">
      <button aria-label="Previous" data-tip="Previous" data-tip-at="top" ?disabled=${isFirst} @click=${() => this.#act('previous')}>${picture(back)}</button>
      <span class="where">${slides.index + 1} of ${slides.slides.length}</span>
      <button aria-label="Next" data-tip="Next" data-tip-at="top" ?disabled=${isLast} @click=${() => this.#act('next')}>${picture(forth)}</button>
      <span class="gap"></span>
      ${
        laser
          ? html`<button aria-label="Laser pointer" aria-pressed=${isPointing} data-tip="Laser pointer" data-tip-at="top" data-keys="L"
              @click=${() => this.#act('laser')}>${picture(laser.icon)}</button>`
          : nothing
      }
      <button aria-label="Full screen" data-tip="Full screen" data-tip-at="top" data-keys="F" @click=${() => this.#act('fullscreen')}>${picture(fullscreen)}</button>
      <button aria-label="End the presentation" data-tip="End" data-tip-at="top" data-keys="Esc" @click=${() => this.#act('end')}>${icon('close')}</button>
    </div>`
  }

  #empty() {
    return html`<div class="empty">
      <h2>There are no frames on this page</h2>
      <p>Draw a frame around each part that you want to show. They are shown row by row.</p>
      <button class="main" @click=${() => this.#act('end')}>Back to the board</button>
    </div>`
  }

  #act(act: PresentationAct): void {
    const slides = this.#slides
    const { editor } = this
    if (act === 'end') this.dispatchEvent(new CustomEvent('close-panel'))
    else if (act === 'fullscreen') this.#switchFull()
    else if (act === 'laser') editor?.use(editor.state.tool === 'laser' ? 'select' : 'laser')
    else slides?.[act]()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const act = presentationAct(event)
    const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement
    if (act === undefined || (isOnButton && (event.key === ' ' || event.key === 'Enter'))) {
      // The board is not to be changed by keys that nobody sees the effect of.
      if (!event.ctrlKey && !event.metaKey && event.key !== 'Tab' && !isOnButton)
        event.stopImmediatePropagation()
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#act(act)
  }

  readonly #onClick = (event: PointerEvent): void => {
    const isBack = event.pointerType === 'touch' && event.clientX < window.innerWidth * BACK_WITHIN
    this.#act(isBack ? 'previous' : 'next')
  }

  readonly #wake = (): void => {
    this.isAwake = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.isAwake = false
    }, AWAKE_FOR)
  }

  /** Fills the screen where the browser lets it; what is shown is the same elsewhere. */
  #fill(): void {
    document.documentElement.requestFullscreen?.().catch(() => {})
  }

  #switchFull(): void {
    if (!document.fullscreenElement) return this.#fill()
    this.#wasFull = false
    void document.exitFullscreen()
  }

  /** Esc leaves the full screen before any key reaches the page: it ends the presentation too. */
  readonly #onFull = (): void => {
    const isFull = document.fullscreenElement !== null
    if (this.#wasFull && !isFull) this.#act('end')
    this.#wasFull = isFull
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-presentation': Presentation
  }
}
