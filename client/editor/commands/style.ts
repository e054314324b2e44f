import { styleEdits, styleIn } from '../style.ts'
import { type Command, canChange, hasSelection } from './command.ts'

export const STYLE_COMMANDS: readonly Command[] = [
  {
    id: 'copy-style',
    title: 'Copy the style',
    section: 'Edit',
    keys: ['mod+alt+c'],
    enabled: hasSelection,
    run(editor) {
      editor.copiedStyle = styleIn(editor.selected) ?? null
    },
  },
  {
    id: 'paste-style',
    title: 'Paste the style',
    section: 'Edit',
    keys: ['mod+alt+v'],
    enabled: editor => canChange(editor) && editor.copiedStyle !== null,
    run: editor => editor.commit(styleEdits(editor.selected, editor.copiedStyle ?? {})),
  },
]
