import type { Clock } from '../shared/util/clock.ts'
import type { Readable } from '../shared/util/readable.ts'
import type { BoardView } from './board/board.ts'
import { browserMemory } from './boot-policy.ts'
import type { LocalState } from './sync/local-store.ts'
import { type StorageRoom, storageRoom } from './sync/storage-room.ts'

/** As `keepDeviceStorage`, in this browser. */
export const followDeviceStorage = (
  board: DeviceStorageParts['board'],
  local: DeviceStorageParts['local'],
  clock: Clock,
): (() => void) =>
  keepDeviceStorage({ board, local, room: storageRoom(navigator.storage), memory: browserMemory(), clock })

/** ms. Some browsers ask the person, who may have said no. */
const ASK_AGAIN_AFTER = 30 * 24 * 60 * 60 * 1000

const ASKED_AT = 'driftboard:asked-to-keep'

export interface DeviceStorageParts {
  readonly board: Pick<BoardView, 'shapes' | 'subscribe'>
  readonly local: Readable<LocalState>
  readonly room: StorageRoom
  /** Null where the person has forbidden storage. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'> | null
  readonly clock: Clock
}

/**
 * Asks the browser to keep what this site stores, once there is something to lose: the person has drawn on a board, and that
 * was saved. Returns its own undo.
 */
export function keepDeviceStorage({ board, local, room, memory, clock }: DeviceStorageParts): () => void {
  let hasDrawn = false
  const stopBoard = board.subscribe(({ source }) => {
    hasDrawn ||= source === 'own'
  })
  const stopLocal = local.subscribe(({ at }) => {
    if (at !== 'saved' || !hasDrawn || board.shapes.size === 0) return
    stop()
    void ask()
  })
  const stop = () => {
    stopBoard()
    stopLocal()
  }

  async function ask(): Promise<void> {
    const askedAt = Number(memory?.getItem(ASKED_AT) ?? Number.NaN)
    if (clock.now() - askedAt < ASK_AGAIN_AFTER || (await room.isPersisted())) return
    await room.persist()
    try {
      memory?.setItem(ASKED_AT, String(clock.now()))
    } catch {
      // Storage is full: it asks again at the next visit.
    }
  }

  return stop
}
