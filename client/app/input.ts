import { distance, lerp, sub, type Vec } from '../../shared/geometry/vec.ts'
import { copyText, cutText, pasteText } from '../editor/actions.ts'
import { panBy, toWorld, zoomAt } from '../editor/camera.ts'
import type { Editor } from '../editor/editor.ts'
import { commandFor } from '../editor/keys.ts'
import type { Modifiers, PointerSample, ToolEvent } from '../editor/types.ts'
import { isMac } from './model/shortcuts.ts'
import { wheelMove } from './wheel.ts'

/** Milliseconds and CSS pixels within which a second press makes a double click. */
const DOUBLE_CLICK_WITHIN = 400
const DOUBLE_CLICK_REACH = { mouse: 5, pen: 10, touch: 24 } as const

/** `PointerEvent.buttons` while the eraser end of a pen is down. */
const ERASER_BUTTON = 32
const MIDDLE_BUTTON = 1

type PointerKind = keyof typeof DOUBLE_CLICK_REACH

type Grip =
  | { readonly at: 'rest' }
  /** One pointer uses a tool; `isBorrowed` when that is not the chosen tool. */
  | { readonly at: 'tool'; readonly pointer: number; readonly isBorrowed: boolean }
  /** Two fingers move the camera. */
  | { readonly at: 'pinch' }

export interface InputOptions {
  /** Told how many shapes of a paste this version could not read. */
  onLeftOut?(count: number): void
}

/** Sends what happens on `element`, and what is typed anywhere, to the editor. Returns its undo. */
export function bindInput(element: HTMLElement, editor: Editor, options: InputOptions = {}): () => void {
  const binding = new AbortController()
  new Pointers(element, editor, binding.signal)
  bindWheel(element, editor, binding.signal)
  bindKeys(editor, isMac(navigator.platform), binding.signal)
  bindClipboard(element, editor, options, binding.signal)
  element.addEventListener('contextmenu', event => event.preventDefault(), { signal: binding.signal })
  return () => binding.abort()
}

/** Mouse, pen and fingers on the canvas. */
class Pointers {
  readonly #element: HTMLElement
  readonly #editor: Editor
  readonly #fingers = new Map<number, Vec>()
  #grip: Grip = { at: 'rest' }
  #lastPress: { readonly at: Vec; readonly time: number; readonly clicks: number } | null = null

  constructor(element: HTMLElement, editor: Editor, signal: AbortSignal) {
    this.#element = element
    this.#editor = editor
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
    if (borrowed === undefined && event.button !== 0) return
    const isBorrowed = borrowed !== undefined && this.#editor.borrow(borrowed)
    this.#grip = { at: 'tool', pointer: event.pointerId, isBorrowed }
    this.#element.setPointerCapture(event.pointerId)
    const pointer = kindOf(event)
    const clicks = this.#countClicks(screen, event.timeStamp, pointer)
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
    this.#editor.handle({ type: 'up', ...this.#place(event) })
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
    this.#lastPress = null
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

  #countClicks(at: Vec, time: number, pointer: PointerKind): number {
    const last = this.#lastPress
    const isSecond =
      last?.clicks === 1 &&
      time - last.time <= DOUBLE_CLICK_WITHIN &&
      distance(at, last.at) <= DOUBLE_CLICK_REACH[pointer]
    const clicks = isSecond ? 2 : 1
    this.#lastPress = { at, time, clicks }
    return clicks
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

function bindWheel(element: HTMLElement, editor: Editor, signal: AbortSignal): void {
  const onWheel = (event: WheelEvent) => {
    if (isTyping(event)) return
    event.preventDefault()
    const { camera, viewport } = editor.state
    const move = wheelMove(event, viewport.h)
    if (move.does === 'pan') editor.look(panBy(camera, move.by))
    else editor.look(zoomAt(camera, screenOf(element, event), move.factor))
  }
  element.addEventListener('wheel', onWheel, { passive: false, signal })
  // Safari reports a trackpad pinch as gestures besides, which would zoom the page.
  element.addEventListener('gesturestart', event => event.preventDefault(), { signal })
}

function bindKeys(editor: Editor, onMac: boolean, signal: AbortSignal): void {
  let hasHand = false
  const giveBack = () => {
    if (hasHand) editor.giveBack()
    hasHand = false
  }
  const onModifier = (event: KeyboardEvent) => {
    if (!MODIFIER_KEYS.has(event.key)) return
    editor.handle({ type: 'modifiers', modifiers: modifiersOf(event) } satisfies ToolEvent)
  }
  const onDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event) || isFrom(event, DIALOGS)) return
    onModifier(event)
    if (isControl(event) && CONTROL_KEYS.has(event.key)) return
    if (event.key === ' ') {
      event.preventDefault()
      if (!event.repeat && !hasHand) hasHand = editor.borrow('hand')
      return
    }
    const command = commandFor(editor.commands, event, onMac)
    if (!command || command.keysAreNative) return
    event.preventDefault()
    editor.run(command.id)
  }
  const onUp = (event: KeyboardEvent) => {
    onModifier(event)
    if (event.key === ' ') giveBack()
  }
  window.addEventListener('keydown', onDown, { signal })
  window.addEventListener('keyup', onUp, { signal })
  window.addEventListener('blur', giveBack, { signal })
}

function bindClipboard(
  element: HTMLElement,
  editor: Editor,
  { onLeftOut }: InputOptions,
  signal: AbortSignal,
): void {
  let pointer: Vec | undefined
  const take = (event: ClipboardEvent, text: () => string | null) => {
    if (event.defaultPrevented || isTyping(event) || !window.getSelection()?.isCollapsed) return
    const copied = text()
    if (copied === null) return
    event.clipboardData?.setData('text/plain', copied)
    event.preventDefault()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTyping(event)) return
    const text = event.clipboardData?.getData('text/plain')
    if (!text) return
    event.preventDefault()
    const { unreadable } = pasteText(editor, text, pointer && toWorld(editor.state.camera, pointer))
    if (unreadable > 0) onLeftOut?.(unreadable)
  }
  element.addEventListener('pointermove', event => (pointer = screenOf(element, event)), { signal })
  element.addEventListener('pointerleave', () => (pointer = undefined), { signal })
  document.addEventListener('copy', event => take(event, () => copyText(editor)), { signal })
  document.addEventListener('cut', event => take(event, () => cutText(editor)), { signal })
  document.addEventListener('paste', onPaste, { signal })
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

const modifiersOf = (event: PointerEvent | KeyboardEvent): Modifiers => ({
  shift: event.shiftKey,
  alt: event.altKey,
  ctrl: event.ctrlKey || event.metaKey,
})

function screenOf(element: HTMLElement, event: MouseEvent): Vec {
  const { left, top } = element.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

const MODIFIER_KEYS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta'])

/** Keys by which a focused control is operated. */
const CONTROL_KEYS: ReadonlySet<string> = new Set([
  ...['Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape'],
])

const TEXT_FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
/** What lies above the board, and takes the keyboard while it is there. */
const DIALOGS = 'dialog, [role="dialog"], [role="menu"]'
const CONTROLS = 'button, a[href], summary, [role], [tabindex]:not(body)'

/** Whether the event belongs to a text field, be it inside of a shadow root. */
const isTyping = (event: Event): boolean => isFrom(event, TEXT_FIELDS)

const isControl = (event: Event): boolean => isFrom(event, CONTROLS)

const isFrom = (event: Event, selector: string): boolean =>
  event.composedPath().some(node => node instanceof Element && node.matches(selector))

/** Takes the focus from whatever has it, as a press on the canvas would by itself. */
function blurFocused(): void {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  if (focused instanceof HTMLElement && focused !== document.body) focused.blur()
}
