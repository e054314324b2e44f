import type { Device } from './device.ts'
import { share } from './share-lock.ts'

type Locks = Pick<LockManager, 'request'>

/** A lock that each tab shares in which a removal may still be taken back. */
const UNDO = 'driftboard:undo'

/** ms. The page that was here before a reload gives its share back well within this. */
const FREE_WITHIN = 1_000

/** Takes a board off the list. Its data stays for as long as any tab may offer to bring it back: until all have let go. */
export function removeBoard(
  { library }: Pick<Device, 'library'>,
  id: string,
  locks: Locks | undefined,
): () => void {
  library.remove(id)
  return locks ? share(locks, UNDO) : () => {}
}

/** Deletes the data of boards whose removal was not taken back; at a later start when that can still happen. */
export async function purgeRemoved(device: PurgeParts, locks: Locks | undefined): Promise<void> {
  if (device.library.removed.length === 0) return
  if (!locks) return purge(device)
  const patience = new AbortController()
  const stop = device.clock.after(FREE_WITHIN, () => patience.abort())
  try {
    await locks.request(UNDO, { signal: patience.signal }, () => purge(device))
  } catch {
    // Another tab offers to bring one back.
  }
  stop()
}

type PurgeParts = Pick<Device, 'library' | 'store' | 'notices' | 'clock'>

async function purge({ library, store, notices }: PurgeParts): Promise<void> {
  const isRemoved = (id: string) => library.removed.includes(id)
  for (const id of library.removed) {
    if (!isRemoved(id)) continue
    try {
      await store.delete(id)
      // Somebody may have followed a link to it meanwhile: it is a board of this device again.
      if (isRemoved(id)) library.forget(id)
    } catch (error) {
      notices.error(`A deleted board could not be removed from this device. ${String(error)}`)
    }
  }
}
