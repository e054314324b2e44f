import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Vec } from '../../../shared/geometry/vec.ts'

/** CSS pixels that a pointer moves before it drags: as on the canvas. */
const MOUSE_SLOP = 4
const TOUCH_SLOP = 6
/** ms that a finger rests on an item before it takes hold of it: sooner, it scrolls. */
const HOLD = 250

interface Pressed {
  readonly at: 'pressed'
  readonly id: string
  readonly pointer: number
  readonly isTouch: boolean
  readonly start: Vec
  readonly isHeld: boolean
}

interface Carried {
  readonly at: 'carried'
  readonly id: string
  readonly pointer: number
  /** Where the pointer is; CSS pixels of the window. */
  readonly client: Vec
}

type Drag = { readonly at: 'idle' } | Pressed | Carried

const IDLE: Drag = { at: 'idle' }

type Host = ReactiveControllerHost & HTMLElement

/** Carries an item out of a list, by mouse, pen or finger. Esc leaves it where it was. */
export class LibraryDrag implements ReactiveController {
  readonly #host: Host
  readonly #onDrop: (id: string, client: Vec) => void
  #drag: Drag = IDLE
  #stop: () => void = () => {}

  constructor(host: Host, onDrop: (id: string, client: Vec) => void) {
    this.#host = host
    this.#onDrop = onDrop
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#end()
  }

  /** Whether an item is pressed or carried. */
  get isUnderWay(): boolean {
    return this.#drag.at !== 'idle'
  }

  /** What is being carried; undefined while nothing is. */
  get carried(): { readonly id: string; readonly client: Vec } | undefined {
    return this.#drag.at === 'carried' ? this.#drag : undefined
  }

  /** The pointer went down on an item. */
  press(id: string, event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return
    this.#end()
    const isTouch = event.pointerType === 'touch'
    this.#drag = { at: 'pressed', id, isTouch, isHeld: false, ...placeOf(event) }
    const abort = new AbortController()
    const options = { signal: abort.signal, capture: true }
    window.addEventListener('pointermove', this.#onMove, options)
    window.addEventListener('pointerup', this.#onUp, options)
    window.addEventListener('pointercancel', this.#onCancel, options)
    window.addEventListener('keydown', this.#onKey, options)
    // Once the item is held, the finger moves it and not the list.
    window.addEventListener('touchmove', this.#onTouchMove, { ...options, passive: false })
    const timer = isTouch ? setTimeout(this.#onHeld, HOLD) : undefined
    this.#stop = () => {
      abort.abort()
      clearTimeout(timer)
    }
  }

  readonly #onHeld = (): void => {
    if (this.#drag.at === 'pressed') this.#set({ ...this.#drag, isHeld: true })
  }

  readonly #onMove = (event: PointerEvent): void => {
    const drag = this.#drag
    if (drag.at === 'idle' || event.pointerId !== drag.pointer) return
    const client: Vec = [event.clientX, event.clientY]
    if (drag.at === 'carried') return this.#set({ ...drag, client })
    const [dx, dy] = [client[0] - drag.start[0], client[1] - drag.start[1]]
    if (Math.hypot(dx, dy) < (drag.isTouch ? TOUCH_SLOP : MOUSE_SLOP)) return
    // The browser scrolls by fingers that move up and down at once; across, there is nothing to scroll.
    if (drag.isTouch && !drag.isHeld && Math.abs(dy) > Math.abs(dx)) return this.#end()
    this.#set({ at: 'carried', id: drag.id, pointer: drag.pointer, client })
  }

  readonly #onUp = (event: PointerEvent): void => {
    const drag = this.#drag
    if (drag.at === 'idle' || event.pointerId !== drag.pointer) return
    this.#end()
    if (drag.at !== 'carried') return
    swallowClick()
    this.#onDrop(drag.id, [event.clientX, event.clientY])
  }

  readonly #onCancel = (event: PointerEvent): void => {
    if (this.#drag.at !== 'idle' && event.pointerId === this.#drag.pointer) this.#end()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#drag.at !== 'carried') return
    event.preventDefault()
    event.stopPropagation()
    this.#end()
    swallowClick()
  }

  readonly #onTouchMove = (event: TouchEvent): void => {
    const { at } = this.#drag
    if (at === 'carried' || (at === 'pressed' && this.#drag.isHeld)) event.preventDefault()
  }

  #end(): void {
    this.#stop()
    this.#stop = () => {}
    if (this.#drag.at !== 'idle') this.#set(IDLE)
  }

  #set(drag: Drag): void {
    this.#drag = drag
    this.#host.requestUpdate()
  }
}

const placeOf = ({ pointerId, clientX, clientY }: PointerEvent) => ({
  pointer: pointerId,
  start: [clientX, clientY] as const,
})

/** What ends a drag is no click, though the browser fires one where the button comes up over what it went down on. */
function swallowClick(): void {
  const stop = (event: Event) => event.stopPropagation()
  window.addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }))
}
