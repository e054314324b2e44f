import type { CommandTarget } from '../actions.ts'
import { styleEdits, styleIn } from '../style.ts'
import { styleOfText, styleText } from '../style-text.ts'
import type { Style } from '../types.ts'
import { type Command, canChange, hasSelection } from './command.ts'

/** Keeps the style for this board, and hands it to the clipboard for others. A person may refuse that. */
function copyStyle(editor: CommandTarget): void {
  const style = styleIn(editor.selected)
  editor.copiedStyle = style ?? null
  if (style) void editor.clipboard?.writeText(styleText(style)).catch(() => {})
}

function pasteStyle(editor: CommandTarget): void {
  const give = (style: Partial<Style>) => editor.commit(styleEdits(editor.selected, style))
  if (editor.copiedStyle !== null) return give(editor.copiedStyle)
  const { clipboard } = editor
  const text = clipboard?.readPlain?.() ?? clipboard?.readText()
  void text?.then(copied => give(styleOfText(copied) ?? {})).catch(() => {})
}

export const STYLE_COMMANDS: readonly Command[] = [
  {
    id: 'copy-style',
    title: 'Copy the style',
    section: 'Edit',
    keys: ['mod+alt+c'],
    enabled: hasSelection,
    run: copyStyle,
  },
  {
    id: 'paste-style',
    title: 'Paste the style',
    section: 'Edit',
    keys: ['mod+alt+v'],
    enabled: editor => canChange(editor) && (editor.copiedStyle !== null || editor.clipboard !== undefined),
    run: pasteStyle,
  },
]
