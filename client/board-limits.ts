import type { Notices } from './app/index.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { BoardSync } from './sync/board-sync.ts'
import type { DocumentSize } from './sync/document-size.ts'

/** Share of a limit from which on the person is told. */
const NEAR = 0.9

/** Says once that a board comes near to what the relay takes, before that refuses it. Returns its own undo. */
export function watchLimits(
  sync: BoardSync<unknown>,
  board: DocBoard,
  size: DocumentSize,
  notices: Notices,
): () => void {
  let hasTold = false
  const look = () => {
    const limits = sync.hello.state?.limits
    if (hasTold || !limits || board.readOnly !== undefined) return
    const { shapes, documentBytes } = limits
    const most =
      board.shapes.size > NEAR * shapes
        ? `${board.shapes.size.toLocaleString('en')} of the ${shapes.toLocaleString('en')} shapes`
        : size.exceeds(NEAR * documentBytes)
          ? `nearly all of the ${Math.round(documentBytes / 2 ** 20)} MB`
          : null
    if (most === null) return
    hasTold = true
    notices.error(`This board has ${most} that the relay takes. Beyond that, changes stay on this device.`)
  }
  const stops = [board.subscribe(look), sync.hello.subscribe(look)]
  return () => {
    for (const stop of stops) stop()
  }
}
