import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Modifiers } from '../../editor/types.ts'

export const modifiersOf = (event: PointerEvent | KeyboardEvent): Modifiers => ({
  shift: event.shiftKey,
  alt: event.altKey,
  ctrl: event.ctrlKey || event.metaKey,
})

/** CSS pixels from the top left of `element`. */
export function screenOf(element: HTMLElement, event: MouseEvent): Vec {
  const { left, top } = element.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

const TEXT_FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])'
/** What lies above the board, and takes the keyboard while it is there. */
const DIALOGS = 'dialog, [role="dialog"], [role="menu"]'
const CONTROLS = 'button, a[href], summary, [role], [tabindex]:not(body)'

/** Whether the event belongs to a text field, be it inside of a shadow root. */
export const isTyping = (event: Event): boolean => isFrom(event, TEXT_FIELDS)

/** Whether a control has the focus that the event goes to. */
export const isControl = (event: Event): boolean => isFrom(event, CONTROLS)

/** Whether the event goes to what lies above the board. */
export const isInDialog = (event: Event): boolean => isFrom(event, DIALOGS)

const isFrom = (event: Event, selector: string): boolean =>
  event.composedPath().some(node => node instanceof Element && node.matches(selector))
