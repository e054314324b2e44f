import { STYLE, styleOver, type TextStyle } from '../../../shared/geometry/marks.ts'
import type { Edit } from '../../board/board.ts'
import type { CommandTarget } from '../actions.ts'
import { type ListKind, listKind, listToggled } from '../list-text.ts'
import { richEdits, richText } from '../rich-text.ts'
import type { LetteredShape } from '../text-edit.ts'
import { holdsLists, letteredOf, wholeText } from '../text-looks.ts'
import { type Command, canChange } from './command.ts'

const hasAll = (shape: LetteredShape, style: TextStyle): boolean =>
  (styleOver(richText(shape).marks, 0, shape.text.length) & style) === style

/** Gives all letters of the shapes the look, or takes it away where all have it. */
function toggleAll(editor: CommandTarget, style: TextStyle): void {
  const shapes = letteredOf(editor.selected)
  const on = !shapes.every(shape => hasAll(shape, style))
  editor.commit(shapes.map(({ id, text }): Edit => ({ op: 'mark', id, from: 0, to: text.length, style, on })))
}

function toggleLists(editor: CommandTarget, kind: ListKind): void {
  const texts = letteredOf(editor.selected)
    .filter(holdsLists)
    .map(shape => ({ id: shape.id, whole: wholeText(shape) }))
  const others = texts.filter(({ whole }) => listKind(whole) !== kind)
  const edits = (others.length > 0 ? others : texts).flatMap(({ id, whole }) =>
    richEdits(id, whole, listToggled(whole, kind)),
  )
  editor.commit(edits)
}

const isTyping = ({ state }: CommandTarget): boolean => state.editing !== null

const look = (id: string, title: string, style: TextStyle, key: string): Command => ({
  ...{ id, title, section: 'Edit', keys: [key] },
  enabled: editor => isTyping(editor) || (canChange(editor) && letteredOf(editor.selected).length > 0),
  run: editor => (isTyping(editor) ? editor.text.toggle(style) : toggleAll(editor, style)),
})

const list = (id: string, title: string, kind: ListKind, key: string): Command => ({
  ...{ id, title, section: 'Edit', keys: [key] },
  enabled: editor =>
    isTyping(editor) || (canChange(editor) && letteredOf(editor.selected).filter(holdsLists).length > 0),
  run: editor => (isTyping(editor) ? editor.text.toggleList(kind) : toggleLists(editor, kind)),
})

export const TEXT_STYLE_COMMANDS: readonly Command[] = [
  look('text-bold', 'Bold', STYLE.bold, 'mod+b'),
  look('text-italic', 'Italic', STYLE.italic, 'mod+i'),
  look('text-strike', 'Strikethrough', STYLE.strike, 'mod+shift+x'),
  list('text-bullets', 'Bulleted list', 'bullet', 'mod+shift+8'),
  list('text-numbers', 'Numbered list', 'number', 'mod+shift+7'),
]
