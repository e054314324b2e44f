import type { Editor } from '../../editor/editor.ts'
import { commandFor } from '../../editor/keys.ts'
import { isControl, isInDialog, isTyping, modifiersOf } from './event-facts.ts'
import type { Pointers } from './pointers.ts'

const MODIFIER_KEYS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta'])

/** Keys by which a focused control is operated. */
const CONTROL_KEYS: ReadonlySet<string> = new Set([
  ...['Enter', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape', 'Tab'],
])

/** Sends what is typed anywhere to the editor, as commands and as modifiers of a gesture. */
export function bindKeys(
  editor: Editor,
  pointers: Pick<Pointers, 'holdPan'>,
  onMac: boolean,
  signal: AbortSignal,
): void {
  let hasHand = false
  const takeHand = () => {
    // In a gesture the view moves, and the gesture goes on where it was.
    if (!hasHand && !pointers.holdPan(true)) hasHand = editor.borrow('hand')
  }
  const giveBack = () => {
    pointers.holdPan(false)
    if (hasHand) editor.giveBack()
    hasHand = false
  }
  const onModifier = (event: KeyboardEvent) => {
    if (!MODIFIER_KEYS.has(event.key)) return
    // Elsewhere than on a Mac, alt by itself opens the browser's menu, even after it has shaped a drag.
    if (event.key === 'Alt' && editor.state.preview !== null) event.preventDefault()
    editor.handle({ type: 'modifiers', modifiers: modifiersOf(event) })
  }
  const onDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event) || isInDialog(event)) return
    onModifier(event)
    if (isControl(event) && CONTROL_KEYS.has(event.key)) return
    if (event.key === ' ') {
      event.preventDefault()
      if (!event.repeat) takeHand()
      return
    }
    const command = commandFor(editor.commands, event, onMac)
    if (!command || command.keysAreNative) return
    // Where there is no shape to walk to, the key leads to the buttons.
    if (event.key === 'Tab' && !editor.canRun(command.id)) return
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
