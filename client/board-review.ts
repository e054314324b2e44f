import type { Readable } from '../shared/util/readable.ts'
import { type BoardPage, withPart } from './app/index.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { newDocument } from './board/document.ts'
import { Absence } from './board/review/absence.ts'
import type { Review, Versions } from './board/review/compare.ts'
import { type Device, identityOf } from './device.ts'
import type { Editor } from './editor/editor.ts'
import type { BoardSync } from './sync/board-sync.ts'
import { cameByRelay } from './sync/heard-updates.ts'
import { TabLink } from './sync/tab-link.ts'

export interface ReviewParts {
  readonly device: Device
  readonly id: string
  readonly doc: ReturnType<typeof newDocument>
  readonly board: DocBoard
  readonly sync: BoardSync<unknown>
  readonly editor: Editor
  readonly element: BoardPage
  /** The latest update as the relay sent it. */
  readonly incoming: Readable<Uint8Array | null>
}

/** Where a review that was not gone through yet is kept. */
const REVIEW_FILE = 'review'

/**
 * Offers a review when others changed the board while this device was not in step with them: to somebody who comes back, and
 * to somebody who opens a board. Returns its own undo.
 */
export function followReview(parts: ReviewParts): () => void {
  const { device, id, sync, incoming } = parts
  const files = device.store.files(id)
  const kept = files.get(REVIEW_FILE).catch(noted)
  const stops: (() => void)[] = []
  let isOpen = true
  let endSession: (() => void) | null = null

  const offer = (reviewIn: (code: ReviewCode) => Review | null, isNew: boolean): Promise<void> =>
    withPart(device.notices, {
      name: 'What shows the changes of others',
      load: () => import('./review-session.ts'),
      use: code => offerWith(code, reviewIn, isNew),
    })

  async function offerWith(
    code: ReviewCode,
    reviewIn: (code: ReviewCode) => Review | null,
    isNew: boolean,
  ): Promise<void> {
    const review = reviewIn(code)
    // Who sees the banner finds it again after a reload.
    if (review && isNew) await files.put(REVIEW_FILE, code.encodeReview(review)).catch(noted)
    if (!review || !isOpen) return
    endSession?.()
    endSession = code.offerReview(review, {
      ...parts,
      self: identityOf(device).name,
      onDone: () => {
        endSession = null
        void files.delete(REVIEW_FILE).catch(noted)
      },
    })
  }

  function onReturn(versions: Versions, hasMine: boolean): void {
    // What happened during a long absence is worth more than what did during the reload after it.
    if (endSession && !hasMine) return
    void offer(code => code.reviewOf(versions), true)
  }

  async function start(): Promise<void> {
    await sync.loaded
    if (!isOpen) return
    const absence = new Absence({
      ...parts,
      ...OPTIONS,
      files,
      clock: device.clock,
      isOwnTab: isOwnTab(sync),
      onReturn,
    })
    const look = () => {
      if (sync.relay.state.at === 'synced') void absence.back()
      else if (sync.durability.state.peers === 0) absence.lost()
    }
    stops.push(
      incoming.subscribe(update => update && absence.heard(update)),
      sync.relay.subscribe(look),
      sync.durability.subscribe(look),
      () => absence.destroy(),
    )
    look()
    const bytes = await kept
    if (bytes && isOpen && !endSession) await offer(code => code.decodeReview(bytes), false)
  }

  void start()
  return () => {
    isOpen = false
    for (const stop of stops) stop()
    endSession?.()
  }
}

type ReviewCode = typeof import('./review-session.ts')

/** Without the file the review still works for as long as the page is open. */
const noted = (error: unknown): null => {
  console.warn('What it takes to review changes after a reload could not be kept.', error)
  return null
}

const OPTIONS = {
  isHeard: cameByRelay,
  onTrouble: noted,
  whenIdle(task: () => void) {
    // Safari has no idle callback.
    if (!window.requestIdleCallback) {
      const timer = setTimeout(task, 200)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(task, { timeout: 2_000 })
    return () => cancelIdleCallback(handle)
  },
}

/** What another tab of this browser sends is this person's, but for what it passes on while the relay is catching up. */
const isOwnTab =
  (sync: BoardSync<unknown>) =>
  (origin: unknown): boolean =>
    origin instanceof TabLink && sync.relay.state.at !== 'syncing'
