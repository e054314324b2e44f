import type { CommandTarget } from '../actions.ts'
import type { ExportFormat } from '../export.ts'
import { withContents } from '../frames.ts'
import { type Command, hasSelection } from './command.ts'

/** Copies the selection, or all of the page where nothing is selected. */
const copyAs = (format: ExportFormat, name: string): Command => ({
  id: `copy-as-${format}`,
  title: `Copy as ${name}`,
  section: 'Edit',
  keys: format === 'png' ? ['shift+alt+c'] : [],
  enabled: editor => editor.exporter !== undefined && editor.board.shapes.size > 0,
  run(editor) {
    const scope = hasSelection(editor) ? 'selection' : 'page'
    // What goes wrong, the exporter tells.
    void editor.exporter
      ?.copy({ format, scope, scale: 2, background: format === 'png', dark: false, embed: true })
      .catch(() => {})
  },
})

/** What the selected shapes say, the bottom one first. */
function textOf(editor: CommandTarget): string {
  const shapes = withContents(editor.selected, editor.board)
  return shapes.flatMap(shape => ('text' in shape && shape.text !== '' ? [shape.text] : [])).join('\n')
}

export const EXPORT_COMMANDS: readonly Command[] = [
  copyAs('png', 'PNG'),
  copyAs('svg', 'SVG'),
  copyAs('excalidraw', 'Excalidraw'),
  {
    id: 'copy-as-text',
    title: 'Copy as text',
    section: 'Edit',
    keys: [],
    enabled: editor => editor.clipboard !== undefined && hasSelection(editor) && textOf(editor) !== '',
    // The person refused the clipboard, which the browser has asked about itself: then nothing happens.
    run: editor => void editor.clipboard?.writeText(textOf(editor)).catch(() => {}),
  },
]
