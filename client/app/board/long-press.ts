import type { Vec } from '../../../shared/geometry/vec.ts'

/** ms. As long as the platforms wait. */
const HELD_FOR = 500
/** CSS pixels. A resting finger trembles. */
const STILL_WITHIN = 8

/** Calls `held` when one finger rests on `element`, with its client coordinates. Returns its own undo. */
export function onLongPress(element: HTMLElement, held: (client: Vec) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: Vec = [0, 0]
  const fingers = new Set<number>()
  const stop = () => clearTimeout(timer)
  const down = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') return
    fingers.add(event.pointerId)
    stop()
    if (fingers.size > 1) return
    from = [event.clientX, event.clientY]
    timer = setTimeout(() => {
      swallowClick()
      held(from)
    }, HELD_FOR)
  }
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (Math.hypot(clientX - from[0], clientY - from[1]) > STILL_WITHIN) stop()
  }
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    stop()
  }
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up }
  const entries = Object.entries(listeners) as [keyof typeof listeners, (event: PointerEvent) => void][]
  for (const [type, listener] of entries) element.addEventListener(type, listener)
  return () => {
    stop()
    for (const [type, listener] of entries) element.removeEventListener(type, listener)
  }
}

/** Lifting the finger clicks whatever has come to lie under it, such as an item of the menu that it opened. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const stop = () => window.removeEventListener('click', swallow, { capture: true })
  window.addEventListener('click', swallow, { capture: true, once: true })
  window.addEventListener('pointerdown', stop, { capture: true, once: true })
}
