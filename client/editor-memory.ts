import * as v from 'valibot'
import { DeviceMemory } from './app/model/device-memory.ts'
import type { Editor } from './editor/editor.ts'
import { readSettings } from './editor/editor-state.ts'
import { readStyle } from './editor/style.ts'

const Unread = v.record(v.string(), v.unknown())
const Remembered = v.object({ settings: Unread, style: Unread })

/** Keeps on this device how the person works there, and the style of the next shape. Returns its own undo. */
export function rememberWork(editor: Editor): () => void {
  const memory = new DeviceMemory('driftboard:work', Remembered, { settings: {}, style: {} })
  editor.set(readSettings(memory.value.settings))
  editor.setStyle(readStyle(memory.value.style))
  let { settings, style } = editor.state
  return editor.subscribe(() => {
    const { state } = editor
    // A highlighter has a style of its own.
    const nextStyle = state.tool === 'highlighter' ? style : state.style
    if (state.settings === settings && nextStyle === style) return
    settings = state.settings
    style = nextStyle
    memory.set({ settings: { ...settings }, style: { ...style } })
  })
}
