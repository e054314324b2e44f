import { distance, lerp, sub, type Vec } from '../../../shared/geometry/vec.ts'
import { panBy, toWorld, zoomAt } from '../../editor/camera.ts'
import type { Editor } from '../../editor/editor.ts'
import type { Modifiers, PointerSample } from '../../editor/types.ts'
import { Clicks, type PointerKind } from './clicks.ts'
import { isTyping, modifiersOf, screenOf } from './event-facts.ts'

/** `PointerEvent.buttons` while the eraser end of a pen is down. */
const ERASER_BUTTON = 32
const MIDDLE_BUTTON = 1

type Grip =
  | { readonly at: 'rest' }
  /** One pointer uses a tool; `isBorrowed` when that is not the chosen tool. */
  | { readonly at: 'tool'; readonly pointer: number; readonly isBorrowed: boolean }
  /** Two fingers move the camera. */
  | { readonly at: 'pinch' }

/** Mouse, pen and fingers on the canvas. */
export class Pointers {
  readonly #element: HTMLElement
  readonly #editor: Editor
  readonly #onMac: boolean
  readonly #fingers = new Map<number, Vec>()
  #grip: Grip = { at: 'rest' }
  readonly #clicks = new Clicks()

  constructor(element: HTMLElement, editor: Editor, onMac: boolean, signal: AbortSignal) {
    this.#element = element
    this.#editor = editor
    this.#onMac = onMac
    element.style.touchAction = 'none'
    element.addEventListener('pointerdown', event => this.#down(event), { signal })
    element.addEventListener('pointermove', event => this.#move(event), { signal })
    element.addEventListener('pointerup', event => this.#up(event), { signal })
    element.addEventListener('pointercancel', event => this.#lose(event.pointerId), { signal })
    element.addEventListener('lostpointercapture', event => this.#lose(event.pointerId), { signal })
    element.addEventListener('pointerleave', () => editor.leave(), { signal })
    window.addEventListener('blur', () => this.#loseAll(), { signal })
  }

  #down(event: PointerEvent): void {
    if (isTyping(event)) return
    // Otherwise the mouse events that follow would take the focus from a text that this very click opens.
    event.preventDefault()
    blurFocused()
    const screen = screenOf(this.#element, event)
    if (event.pointerType === 'touch') {
      this.#fingers.set(event.pointerId, screen)
      this.#element.setPointerCapture(event.pointerId)
      if (this.#fingers.size === 2) return this.#pinch()
    }
    if (this.#grip.at !== 'rest' || this.#fingers.size > 1) return
    const borrowed = borrowedTool(event)
    // On a Mac, a click with ctrl asks for the context menu.
    const asksForMenu = event.button !== 0 || (this.#onMac && event.ctrlKey)
    if (borrowed === undefined && asksForMenu) return
    const isBorrowed = borrowed !== undefined && this.#editor.borrow(borrowed)
    this.#grip = { at: 'tool', pointer: event.pointerId, isBorrowed }
    this.#element.setPointerCapture(event.pointerId)
    const pointer = kindOf(event)
    const clicks = this.#clicks.press(screen, event.timeStamp, pointer)
    const at = toWorld(this.#editor.state.camera, screen)
    this.#editor.handle({
      type: 'down',
      ...{ at, screen, pointer, clicks, pressure: pressureOf(event), modifiers: modifiersOf(event) },
    })
  }

  #move(event: PointerEvent): void {
    if (this.#fingers.has(event.pointerId)) {
      const before = new Map(this.#fingers)
      this.#fingers.set(event.pointerId, screenOf(this.#element, event))
      if (this.#grip.at === 'pinch') return this.#followPinch(before)
    }
    if (this.#grip.at === 'pinch') return
    if (this.#grip.at === 'tool' && this.#grip.pointer !== event.pointerId) return
    const coalesced = event.getCoalescedEvents?.() ?? []
    const sources = coalesced.length > 0 ? coalesced : [event]
    const { camera } = this.#editor.state
    const samples = sources.map((source): PointerSample => {
      return { at: toWorld(camera, screenOf(this.#element, source)), pressure: pressureOf(source) }
    })
    this.#editor.handle({ type: 'move', ...this.#place(event), samples })
  }

  #up(event: PointerEvent): void {
    const { pointerId, pointerType } = event
    const grip = this.#grip
    this.#fingers.delete(pointerId)
    if (grip.at === 'pinch' && this.#fingers.size === 0) this.#grip = { at: 'rest' }
    if (grip.at !== 'tool' || grip.pointer !== pointerId) return
    this.#grip = { at: 'rest' }
    const place = this.#place(event)
    this.#clicks.release(place.screen)
    this.#editor.handle({ type: 'up', ...place })
    if (grip.isBorrowed) this.#editor.giveBack()
    if (pointerType === 'touch') this.#editor.leave()
  }

  /** The system took the pointer away. After `up` there is nothing left to lose. */
  #lose(pointerId: number): void {
    this.#fingers.delete(pointerId)
    if (this.#grip.at === 'tool' && this.#grip.pointer === pointerId) this.#cancel()
    else if (this.#grip.at === 'pinch' && this.#fingers.size === 0) this.#grip = { at: 'rest' }
  }

  #loseAll(): void {
    this.#fingers.clear()
    if (this.#grip.at === 'tool') this.#cancel()
    this.#grip = { at: 'rest' }
  }

  #cancel(): void {
    const isBorrowed = this.#grip.at === 'tool' && this.#grip.isBorrowed
    this.#grip = { at: 'rest' }
    this.#editor.handle({ type: 'cancel' })
    if (isBorrowed) this.#editor.giveBack()
  }

  /** A second finger: what the first one began was not meant. */
  #pinch(): void {
    if (this.#grip.at === 'tool') this.#cancel()
    this.#clicks.forget()
    this.#grip = { at: 'pinch' }
  }

  #followPinch(before: ReadonlyMap<number, Vec>): void {
    const [a, b] = [...this.#fingers.keys()]
    const from = pair(before, a, b)
    const to = pair(this.#fingers, a, b)
    if (!from || !to) return
    const centre = lerp(...to, 0.5)
    const moved = panBy(this.#editor.state.camera, sub(centre, lerp(...from, 0.5)))
    // Fingers that lie on each other give no scale.
    const factor = distance(...to) / Math.max(distance(...from), 1)
    this.#editor.look(zoomAt(moved, centre, factor > 0 ? factor : 1))
  }

  #place(event: PointerEvent): { readonly at: Vec; readonly screen: Vec; readonly modifiers: Modifiers } {
    const screen = screenOf(this.#element, event)
    return { at: toWorld(this.#editor.state.camera, screen), screen, modifiers: modifiersOf(event) }
  }
}

const pair = (
  positions: ReadonlyMap<number, Vec>,
  a: number | undefined,
  b: number | undefined,
): readonly [Vec, Vec] | undefined => {
  const first = a === undefined ? undefined : positions.get(a)
  const second = b === undefined ? undefined : positions.get(b)
  return first && second ? [first, second] : undefined
}

/** The tool that a press uses instead of the chosen one. */
function borrowedTool(event: PointerEvent): 'hand' | 'eraser' | undefined {
  if (event.pointerType === 'pen' && event.buttons & ERASER_BUTTON) return 'eraser'
  return event.button === MIDDLE_BUTTON ? 'hand' : undefined
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
