import { LIMITS } from '../shared/schema/limits.ts'
import { newId } from '../shared/util/ids.ts'
import { boardPath } from './app/index.ts'
import { rejectedText, rejectedTitle } from './app/model/rejected.ts'
import type { BoardAccess } from './board/board-access.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { newDocument } from './board/document.ts'
import { copyDocument, surplusOf } from './board/review/surplus.ts'
import { copyContent } from './board/whole-document.ts'
import { type Device, makeBoard } from './device.ts'
import { changeStored, withStored } from './stored-board.ts'
import { ImageFiles } from './sync/assets/image-files.ts'
import type { BoardSync } from './sync/board-sync.ts'
import { fetchBoard } from './sync/fetch-board.ts'

export interface RejectionParts {
  readonly device: Device
  readonly id: string
  readonly doc: ReturnType<typeof newDocument>
  readonly board: DocBoard
  readonly access: BoardAccess
  readonly sync: BoardSync<unknown>
}

/** Why the relay does not take something. */
export interface Refusal {
  readonly code: number
  readonly reason: string
  readonly where: string
}

interface Kept {
  /** Makes the stored board what the relay has. The board must be closed. */
  bringBack(): Promise<void>
  tell(): void
}

/** On a board that holds what was not taken: a relay that does not take it there either is not answered by another copy. */
const COPY_MARK = 'kept-copy'
/** On a board of which a copy was made: its id, so that no second one is made when this ends half way. */
const COPIED_MARK = 'rejected'

/**
 * Keeps what is on the board as another one, of this person alone. Resolves once that is saved and what the relay has is at
 * hand; with null when there is nothing to keep, when a copy could not hold all of it, or when the board is such a copy itself.
 */
export async function keepRejected(
  refusal: Refusal,
  parts: RejectionParts & { readonly relayUrl: string },
): Promise<Kept | null> {
  const { device, id, doc, board, access, relayUrl } = parts
  const { store, library, notices, random, clock } = device
  const files = store.files(id)
  if (await files.get(COPY_MARK)) return null
  const { credential } = access
  const theirs = await fetchBoard({ boardId: id, relayUrl, credential, clock, random, WebSocket })
  if (surplusOf(doc, theirs) !== 'content') {
    theirs.destroy()
    return null
  }
  const known = await files.get(COPIED_MARK)
  const copy = known ? new TextDecoder().decode(known) : newId(random)
  const { title } = board
  const copyTitle = rejectedTitle(title, LIMITS.titleLength)
  const copyFiles = store.files(copy)
  await copyFiles.put(COPY_MARK, new Uint8Array([1]))
  let copied = new Map<string, unknown>()
  const copyAll = async () => {
    await new ImageFiles(files).copyTo(new ImageFiles(copyFiles))
    await changeStored(store, copy, to => {
      copied = new Map(board.shapes)
      copyContent(doc, to, copyTitle, clock.now())
    })
  }
  await copyAll()
  if (!known) {
    makeBoard(device, copy)
    library.rename(copy, copyTitle)
    await files.put(COPIED_MARK, new TextEncoder().encode(copy))
  }
  return {
    async bringBack() {
      // The person may have gone on drawing until the board was closed.
      if ([...board.shapes].some(([of, shape]) => copied.get(of) !== shape)) await copyAll()
      await store.delete(id)
      await withStored(store, id, to => copyDocument(theirs, to))
      theirs.destroy()
    },
    tell() {
      const open = () => {
        history.pushState(null, '', boardPath(copy))
        window.dispatchEvent(new PopStateEvent('popstate'))
      }
      notices.error(rejectedText(refusal, title, copyTitle), { label: 'Open my copy', run: open })
    },
  }
}
