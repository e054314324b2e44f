import { sub, type Vec } from '../../../shared/geometry/vec.ts'
import { panBy, toWorld } from '../../editor/camera.ts'
import type { Editor } from '../../editor/editor.ts'
import type { Modifiers, PointerSample } from '../../editor/types.ts'
import { Clicks, type PointerKind } from './clicks.ts'
import { Coast } from './coast.ts'
import { EdgeScroll } from './edge-scroll.ts'
import { isTyping, modifiersOf, screenOf } from './event-facts.ts'
import { Fingers } from './fingers.ts'
import { PenWatch } from './pen-watch.ts'

/** `PointerEvent.buttons` while the eraser end of a pen is down. */
const ERASER_BUTTON = 32
const MIDDLE_BUTTON = 1

type Grip =
  | { readonly at: 'rest' }
  /** One pointer uses a tool; `isBorrowed` when that is not the chosen tool. */
  | {
      readonly at: 'tool'
      readonly pointer: number
      readonly kind: PointerKind
      readonly isBorrowed: boolean
      /** CSS pixels from the canvas's top left. */
      readonly screen: Vec
      readonly modifiers: Modifiers
    }
  /** Two fingers move the camera. */
  | { readonly at: 'pinch' }

interface PointerOptions {
  readonly onMac: boolean
  readonly signal: AbortSignal
  readonly onPenOnly?: (() => void) | undefined
}

/** Mouse, pen and fingers on the canvas. */
export class Pointers {
  readonly #element: HTMLElement
  readonly #editor: Editor
  readonly #onMac: boolean
  readonly #onPenOnly: PointerOptions['onPenOnly']
  readonly #fingers = new Fingers()
  readonly #clicks = new Clicks()
  readonly #pen = new PenWatch()
  readonly #coast: Coast
  readonly #edge: EdgeScroll
  #grip: Grip = { at: 'rest' }
  #pans = false

  constructor(element: HTMLElement, editor: Editor, { onMac, signal, onPenOnly }: PointerOptions) {
    this.#element = element
    this.#editor = editor
    this.#onMac = onMac
    this.#onPenOnly = onPenOnly
    this.#coast = new Coast(editor)
    this.#edge = new EdgeScroll(editor, by => this.#scroll(by))
    element.style.touchAction = 'none'
    element.addEventListener('pointerdown', event => this.#down(event), { signal })
    element.addEventListener('pointermove', event => this.#move(event), { signal })
    element.addEventListener('pointerup', event => this.#up(event), { signal })
    element.addEventListener('pointercancel', event => this.#lose(event), { signal })
    element.addEventListener('lostpointercapture', event => this.#lose(event), { signal })
    element.addEventListener('pointerleave', () => editor.leave(), { signal })
    window.addEventListener('blur', () => this.#loseAll(), { signal })
    signal.addEventListener('abort', () => this.#loseAll())
  }

  /** While held, the pointer of a gesture moves the view, and the gesture waits. Returns whether there is a gesture. */
  holdPan(isHeld: boolean): boolean {
    this.#pans = isHeld && this.#grip.at === 'tool'
    return this.#pans
  }

  #down(event: PointerEvent): void {
    if (isTyping(event)) return
    // Otherwise the mouse events that follow would take the focus from a text that this very click opens.
    event.preventDefault()
    blurFocused()
    this.#coast.stop()
    const pointer = kindOf(event)
    const screen = screenOf(this.#element, event)
    if (pointer === 'touch') {
      if (this.#pen.isPalm(event.timeStamp)) return
      this.#fingers.put(event.pointerId, screen)
      this.#element.setPointerCapture(event.pointerId)
      if (this.#fingers.size === 2) return this.#pinch()
    }
    if (pointer === 'pen') this.#takePen()
    if (this.#grip.at !== 'rest' || this.#fingers.size > 1) return
    const borrowed = this.#borrowedTool(event)
    // On a Mac, a click with ctrl asks for the context menu.
    const asksForMenu = event.button !== 0 || (this.#onMac && event.ctrlKey)
    if (borrowed === undefined && asksForMenu) return
    this.#press(event, pointer, borrowed)
  }

  #press(event: PointerEvent, pointer: PointerKind, borrowed: 'hand' | 'eraser' | undefined): void {
    const screen = screenOf(this.#element, event)
    const modifiers = modifiersOf(event)
    const isBorrowed = borrowed !== undefined && this.#editor.borrow(borrowed)
    this.#grip = { at: 'tool', pointer: event.pointerId, kind: pointer, isBorrowed, screen, modifiers }
    this.#element.setPointerCapture(event.pointerId)
    const clicks = this.#clicks.press(screen, event.timeStamp, pointer)
    const at = toWorld(this.#editor.state.camera, screen)
    this.#editor.handle({
      type: 'down',
      ...{ at, screen, pointer, clicks, pressure: pressureOf(event), modifiers },
    })
  }

  /** The tool that a press uses instead of the chosen one. */
  #borrowedTool(event: PointerEvent): 'hand' | 'eraser' | undefined {
    if (event.pointerType === 'pen' && event.buttons & ERASER_BUTTON) return 'eraser'
    if (event.pointerType === 'touch' && this.#editor.state.settings.penOnly) return 'hand'
    return event.button === MIDDLE_BUTTON ? 'hand' : undefined
  }

  /** A pen is what draws from now on; what its hand began with a finger or the palm was not meant. */
  #takePen(): void {
    if (this.#pen.press() && !this.#editor.state.settings.penOnly) {
      this.#editor.set({ penOnly: true })
      this.#onPenOnly?.()
    }
    if (this.#fingers.size === 0) return
    this.#fingers.clear()
    if (this.#grip.at === 'tool') this.#cancel()
    this.#grip = { at: 'rest' }
  }

  #move(event: PointerEvent): void {
    const { pointerId, pointerType, timeStamp } = event
    if (pointerType === 'pen') this.#pen.see(timeStamp, event.buttons !== 0)
    const screen = screenOf(this.#element, event)
    if (pointerType === 'touch') {
      if (!this.#fingers.has(pointerId)) return
      const camera = this.#fingers.move(pointerId, screen, this.#editor.state.camera)
      if (this.#grip.at === 'pinch') return this.#followPinch(camera, timeStamp)
    }
    const grip = this.#grip
    if (grip.at === 'pinch' || (grip.at === 'tool' && grip.pointer !== pointerId)) return
    if (grip.at === 'tool') {
      this.#grip = { ...grip, screen, modifiers: modifiersOf(event) }
      if (this.#pans) return this.#editor.look(panBy(this.#editor.state.camera, sub(screen, grip.screen)))
    }
    const { camera } = this.#editor.state
    this.#editor.handle({ type: 'move', ...this.#place(event), samples: this.#samples(event) })
    if (grip.at !== 'tool') return
    if (this.#editor.state.camera !== camera) this.#coast.track(screen, timeStamp)
    else this.#edge.follow(screen)
  }

  #samples(event: PointerEvent): readonly PointerSample[] {
    const coalesced = event.getCoalescedEvents?.() ?? []
    const sources = coalesced.length > 0 ? coalesced : [event]
    const { camera } = this.#editor.state
    return sources.map(source => ({
      at: toWorld(camera, screenOf(this.#element, source)),
      pressure: pressureOf(source),
    }))
  }

  #up(event: PointerEvent): void {
    const { pointerId, pointerType, timeStamp } = event
    if (pointerType === 'pen') this.#pen.see(timeStamp, false)
    const grip = this.#grip
    if (grip.at === 'pinch') return this.#liftFrom(pointerId, timeStamp)
    this.#fingers.lift(pointerId)
    if (grip.at !== 'tool' || grip.pointer !== pointerId) return
    this.#rest()
    const place = this.#place(event)
    this.#clicks.release(place.screen)
    this.#editor.handle({ type: 'up', ...place })
    // A mouse stays where it is let go; with the hand in it, it can throw the board all the same.
    if (grip.kind === 'touch' || this.#editor.state.tool === 'hand') this.#coast.release(timeStamp)
    if (grip.isBorrowed) this.#editor.giveBack()
    if (pointerType === 'touch') this.#editor.leave()
  }

  /** A finger of a pinch is lifted: the view goes on moving, unless it was the size that was meant. */
  #liftFrom(pointer: number, time: number): void {
    const isFlick = this.#fingers.size === 2 && this.#fingers.has(pointer) && !this.#fingers.hasZoomed
    this.#fingers.lift(pointer)
    if (isFlick) this.#coast.release(time)
    if (this.#fingers.size === 0) this.#grip = { at: 'rest' }
  }

  /** The system took the pointer away. After `up` there is nothing left to lose. */
  #lose({ pointerId, pointerType, timeStamp }: PointerEvent): void {
    if (pointerType === 'pen') this.#pen.see(timeStamp, false)
    this.#fingers.lift(pointerId)
    if (this.#grip.at === 'tool' && this.#grip.pointer === pointerId) this.#cancel()
    else if (this.#grip.at === 'pinch' && this.#fingers.size === 0) this.#grip = { at: 'rest' }
  }

  #loseAll(): void {
    this.#fingers.clear()
    this.#coast.stop()
    if (this.#grip.at === 'tool') this.#cancel()
    this.#grip = { at: 'rest' }
  }

  #cancel(): void {
    const isBorrowed = this.#grip.at === 'tool' && this.#grip.isBorrowed
    this.#rest()
    this.#editor.handle({ type: 'cancel' })
    if (isBorrowed) this.#editor.giveBack()
  }

  #rest(): void {
    this.#grip = { at: 'rest' }
    this.#pans = false
    this.#edge.stop()
  }

  /** A second finger: what the first one began was not meant. */
  #pinch(): void {
    if (this.#grip.at === 'tool') this.#cancel()
    this.#clicks.forget()
    this.#grip = { at: 'pinch' }
  }

  #followPinch(camera: Parameters<Editor['look']>[0] | undefined, time: number): void {
    const { centre } = this.#fingers
    if (!camera || !centre) return
    this.#editor.look(camera)
    this.#coast.track(centre, time)
  }

  /** Moves the view under a drag that rests at the edge, which goes on with what comes into view. */
  #scroll(by: Vec): void {
    if (this.#grip.at !== 'tool') return this.#edge.stop()
    const { camera } = this.#editor.state
    this.#editor.look({ ...camera, x: camera.x + by[0] / camera.zoom, y: camera.y + by[1] / camera.zoom })
    this.followView()
  }

  /** The view has moved under the pointer: a gesture goes on with what lies there now. */
  followView(): void {
    const grip = this.#grip
    if (grip.at !== 'tool') return
    const { screen, modifiers } = grip
    const at = toWorld(this.#editor.state.camera, screen)
    this.#editor.handle({ type: 'move', at, screen, samples: [{ at, pressure: null }], modifiers })
  }

  #place(event: PointerEvent): { readonly at: Vec; readonly screen: Vec; readonly modifiers: Modifiers } {
    const screen = screenOf(this.#element, event)
    return { at: toWorld(this.#editor.state.camera, screen), screen, modifiers: modifiersOf(event) }
  }
}

const kindOf = ({ pointerType }: PointerEvent): PointerKind =>
  pointerType === 'touch' || pointerType === 'pen' ? pointerType : 'mouse'

/** Only pens report a pressure that means something; 0 is what one without a sensor reports. */
const pressureOf = ({ pointerType, pressure }: PointerEvent): number | null =>
  pointerType === 'pen' && pressure > 0 ? pressure : null

/** Takes the focus from whatever has it, as a press on the canvas would by itself. */
function blurFocused(): void {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  if (focused instanceof HTMLElement && focused !== document.body) focused.blur()
}
