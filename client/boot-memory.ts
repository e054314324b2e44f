import { type Device, type Ground, openDevice } from './device.ts'
import { openDeviceDatabase } from './sync/device-database.ts'
import { failureOf, type StorageFailure } from './sync/indexeddb-failure.ts'
import { memoryStore } from './sync/sealed-store.ts'

/** The device when nothing can be kept on it: all works in memory, and the person knows. */
export function deviceInMemory(ground: Ground, failure: StorageFailure): Device {
  const device = openDevice(ground, memoryStore(failure), null)
  tell(ground, failure)
  return device
}

function tell(ground: Ground, { message, reason }: StorageFailure): void {
  const text = `Nothing is kept on this device right now: boards are in this tab until you close it. ${message}`
  ground.notices.error(
    text,
    reason === 'newer'
      ? { label: 'Reload', run: () => location.reload() }
      : { label: 'Try again', run: () => void tryAgain(ground) },
  )
}

/** Starts anew once storage can be had; until then says why not. */
async function tryAgain(ground: Ground): Promise<void> {
  try {
    const database = await openDeviceDatabase({ indexedDB: globalThis.indexedDB, clock: ground.clock })
    database.close()
    location.reload()
  } catch (error) {
    tell(ground, failureOf(error, 'unavailable'))
  }
}
