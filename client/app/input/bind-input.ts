import { panBy, zoomAt } from '../../editor/camera.ts'
import type { Editor } from '../../editor/editor.ts'
import { isMac } from '../model/shortcuts.ts'
import { bindClipboard, type ClipboardOptions } from './clipboard.ts'
import { isTyping, screenOf } from './event-facts.ts'
import { bindKeys } from './keys.ts'
import { Pointers } from './pointers.ts'
import { wheelMove } from './wheel.ts'

export interface InputOptions extends ClipboardOptions {
  /** The first pen was seen: fingers do not draw any more. */
  onPenOnly?(): void
}

/** Sends what happens on `element`, and what is typed anywhere, to the editor. Returns its undo. */
export function bindInput(element: HTMLElement, editor: Editor, options: InputOptions = {}): () => void {
  const binding = new AbortController()
  const { signal } = binding
  const onMac = isMac(navigator.platform)
  const pointers = new Pointers(element, editor, { onMac, signal, onPenOnly: options.onPenOnly })
  bindWheel(element, editor, pointers, signal)
  bindKeys(editor, pointers, onMac, signal)
  bindClipboard(element, editor, options, signal)
  element.addEventListener('contextmenu', event => event.preventDefault(), { signal })
  return () => binding.abort()
}

function bindWheel(element: HTMLElement, editor: Editor, pointers: Pointers, signal: AbortSignal): void {
  const onWheel = (event: WheelEvent) => {
    if (isTyping(event)) return
    event.preventDefault()
    const { camera, viewport } = editor.state
    const move = wheelMove(event, viewport.h)
    if (move.does === 'pan') editor.look(panBy(camera, move.by))
    else editor.look(zoomAt(camera, screenOf(element, event), move.factor))
    pointers.followView()
  }
  element.addEventListener('wheel', onWheel, { passive: false, signal })
  // Safari reports a trackpad pinch as gestures besides, which would zoom the page.
  element.addEventListener('gesturestart', event => event.preventDefault(), { signal })
}
