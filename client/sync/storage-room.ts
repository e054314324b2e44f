/** What the browser tells of the room that this site has on the device; null where it does not tell. Bytes. */
export interface Room {
  readonly used: number
  readonly free: number
}

export interface StorageRoom {
  estimate(): Promise<Room | null>
  /** Asks the browser to keep what this site stores also when the device runs out of room; some ask the person. */
  persist(): Promise<'kept' | 'refused' | 'unknown'>
  isPersisted(): Promise<boolean>
}

type Manager = Partial<Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>>

/** @param manager The browser's `navigator.storage`, which it has in secure contexts only. */
export function storageRoom(manager: Manager | undefined): StorageRoom {
  return {
    async estimate() {
      const estimate = await orElse(null, () => manager?.estimate?.())
      if (estimate?.usage === undefined || estimate.quota === undefined) return null
      return { used: estimate.usage, free: Math.max(0, estimate.quota - estimate.usage) }
    },
    async persist() {
      const isKept = await orElse(undefined, () => manager?.persist?.())
      if (isKept === undefined) return 'unknown'
      return isKept ? 'kept' : 'refused'
    },
    isPersisted: async () => (await orElse(false, () => manager?.persisted?.())) ?? false,
  }
}

/** A browser that refuses to answer, as in some private windows, tells nothing. */
async function orElse<T>(otherwise: T, ask: () => Promise<T> | undefined): Promise<T> {
  try {
    return (await ask()) ?? otherwise
  } catch {
    return otherwise
  }
}
