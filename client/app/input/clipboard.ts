import type { Vec } from '../../../shared/geometry/vec.ts'
import { copyText, cutText, pasteText } from '../../editor/actions.ts'
import { toWorld } from '../../editor/camera.ts'
import type { Editor } from '../../editor/editor.ts'
import { isTyping, screenOf } from './event-facts.ts'
import { followMiddleButton } from './middle-button.ts'
import { pastedCells, pastedTitle } from './pasted-html.ts'
import { pastedLetters } from './pasted-letters.ts'

export interface ClipboardOptions {
  /** Told how many shapes of a paste this version could not read. */
  onLeftOut?(count: number): void
  /** Images were pasted; `at` is where the pointer is, in world space. */
  onImages?(files: readonly File[], at: Vec | null): void
  /** Something was pasted. Returns whether it is of another program and was taken. */
  onForeign?(pasted: { readonly text: string; readonly html: string; readonly at: Vec | null }): boolean
}

/** Copies, cuts and pastes by the browser's own events, which need no permission. Pastes at the pointer. */
export function bindClipboard(
  element: HTMLElement,
  editor: Editor,
  { onLeftOut, onImages, onForeign }: ClipboardOptions,
  signal: AbortSignal,
): void {
  let pointer: Vec | undefined
  let isInPlace = false
  const take = (event: ClipboardEvent, text: () => string | null) => {
    if (event.defaultPrevented || isTyping(event) || !window.getSelection()?.isCollapsed) return
    const copied = text()
    if (copied === null) return
    event.clipboardData?.setData('text/plain', copied)
    event.preventDefault()
  }
  const isByMiddleButton = followMiddleButton(window, signal)
  const onPaste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTyping(event) || isByMiddleButton()) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const images = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith('image/'))
    const at = pointer && toWorld(editor.state.camera, pointer)
    const isNamesOnly = images.some(({ name }) => name === text.trim())
    if (images.length > 0 && (text === '' || isNamesOnly)) {
      event.preventDefault()
      onImages?.(images, at ?? null)
    }
    const html = event.clipboardData?.getData('text/html') ?? ''
    if (!event.defaultPrevented && onForeign?.({ text, html, at: at ?? null })) event.preventDefault()
    // Tables and documents come with a picture of themselves: there the text is what was meant.
    if (event.defaultPrevented || text === '') return
    event.preventDefault()
    const title = pastedTitle(event.clipboardData, text)
    const place = isInPlace ? 'in place' : at
    // With shift, words come without their looks.
    const letters = isInPlace ? undefined : pastedLetters(html)
    const { unreadable } = pasteText(editor, pastedCells(html) ?? text, place, title, letters)
    if (unreadable > 0) onLeftOut?.(unreadable)
  }
  element.addEventListener('pointermove', event => (pointer = screenOf(element, event)), { signal })
  element.addEventListener('pointerleave', () => (pointer = undefined), { signal })
  // A paste does not say itself by which keys it was asked for.
  const noteKey = ({ key, shiftKey }: KeyboardEvent) => (isInPlace = shiftKey && key.toLowerCase() === 'v')
  window.addEventListener('keydown', noteKey, { capture: true, signal })
  document.addEventListener('copy', event => take(event, () => copyText(editor)), { signal })
  document.addEventListener('cut', event => take(event, () => cutText(editor)), { signal })
  document.addEventListener('paste', onPaste, { signal })
}
