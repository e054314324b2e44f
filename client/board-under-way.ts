import type { Editor } from './editor/editor.ts'
import type { LocalState, StoredBoard } from './sync/local-store.ts'
import type { UnderWay, UnderWayKind } from './under-way.ts'

/** Tells what of an open board must not be cut off. Returns its own undo. */
export function followBoardWork(underWay: UnderWay, editor: Editor, local: StoredBoard): () => void {
  const stops = [
    underWay.follow(
      () => (editor.state.preview || editor.state.editing !== null ? 'working' : null),
      look => editor.subscribe(look),
    ),
    followDrawing(underWay, editor, local),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** A board that nobody has changed in this tab loses nothing with the tab, whatever its storage says. */
function followDrawing(underWay: UnderWay, { board }: Editor, local: StoredBoard): () => void {
  let isChanged = false
  return underWay.follow(
    () => savingOf(local.state, isChanged),
    look => {
      const stopBoard = board.subscribe(({ source }) => {
        isChanged ||= source !== 'remote'
        look()
      })
      const stopLocal = local.subscribe(look)
      return () => {
        stopBoard()
        stopLocal()
      }
    },
  )
}

/** Tells whether something of the list of boards, or of the library of shapes, is on its way to this device, or cannot get there. Returns its own undo. */
export const followLibrary = (
  underWay: UnderWay,
  stored: Pick<StoredBoard, 'state' | 'subscribe'>,
  library: { readonly entries: readonly unknown[]; subscribe(listener: () => void): () => void },
): (() => void) =>
  underWay.follow(
    () => savingOf(stored.state, library.entries.length > 0),
    look => {
      const stops = [stored.subscribe(look), library.subscribe(look)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  )

function savingOf(state: LocalState, isChanged: boolean): UnderWayKind | null {
  if (state.at === 'saving') return 'working'
  return state.at === 'failed' && isChanged ? 'unsaved' : null
}
