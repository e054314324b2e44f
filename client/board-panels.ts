import type { BoardPage } from './app/board/board.ts'
import { PersonKeys } from './app/model/person-keys.ts'
import type { Panels } from './editor/actions.ts'
import type { Editor } from './editor/editor.ts'

/** The panels of a page that is yet to be made. */
export const boardPanels = (element: () => BoardPage): Panels => ({
  toggle: panel => element().togglePanel(panel),
  openLink: address => void window.open(address, '_blank', 'noopener,noreferrer'),
})

/** Has the editor listen to the keys that the person chose. Returns its own undo. */
export function followKeys(editor: Editor, element: BoardPage): () => void {
  const keys = new PersonKeys()
  element.keys = keys
  const bind = () => editor.setKeys(keys.value)
  bind()
  return keys.subscribe(bind)
}
