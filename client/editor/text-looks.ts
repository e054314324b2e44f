import { ANY_STYLE, styleOver, type TextStyle } from '../../shared/geometry/marks.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { type ListKind, listKind } from './list-text.ts'
import { knownShapes } from './preview.ts'
import { richText, type TextState } from './rich-text.ts'
import { editedShape, type LetteredShape } from './text-edit.ts'
import type { EditorView } from './types.ts'

/** How letters look, where all of them do so. */
export interface TextLooks {
  readonly style: TextStyle
  readonly list: ListKind | undefined
  /** Whether they can be made a list. */
  readonly holdsLists: boolean
}

/** Those of the shapes that have a letter. */
export const letteredOf = (shapes: readonly KnownShape[]): readonly LetteredShape[] =>
  shapes.filter((shape): shape is LetteredShape => 'text' in shape && shape.text !== '')

/** Cells hold no lists. */
export const holdsLists = ({ type }: KnownShape): boolean => type !== 'table'

export const wholeText = (shape: LetteredShape): TextState => ({
  ...richText(shape),
  from: 0,
  to: shape.text.length,
})

/** The looks of what is typed in, else of the selected texts; undefined where there are none. */
export function textLooks(
  view: EditorView & { readonly text: { readonly style: TextStyle; readonly list: ListKind | undefined } },
): TextLooks | undefined {
  const edited = editedShape(view)
  if (edited) return { style: view.text.style, list: view.text.list, holdsLists: holdsLists(edited) }
  const shapes = letteredOf(knownShapes(view.board, view.state.selection))
  if (shapes.length === 0) return undefined
  const style = shapes.reduce(
    (all, { text, marks = [] }) => all & styleOver(marks, 0, text.length),
    ANY_STYLE,
  )
  const kinds = new Set(shapes.filter(holdsLists).map(shape => listKind(wholeText(shape))))
  const [list] = kinds
  return { style, list: kinds.size === 1 ? list : undefined, holdsLists: shapes.some(holdsLists) }
}
