import type { Policy } from '../shared/protocol/policy.ts'
import type { Keychain } from '../shared/util/sealer.ts'
import { unreachable } from '../shared/util/unreachable.ts'
import { deviceInMemory } from './boot-memory.ts'
import { bootStep } from './boot-step.ts'
import { type Device, type Ground, openDevice } from './device.ts'
import { keepKeys } from './keep-keys.ts'
import { type DeviceDatabase, openDeviceDatabase } from './sync/device-database.ts'
import { failureOf, StorageFailure } from './sync/indexeddb-failure.ts'
import { migrateDevice } from './sync/migrations/migrate-device.ts'
import { sealedStore } from './sync/sealed-store.ts'
import { openVault } from './vault/open-vault.ts'
import type { Vault } from './vault/seams.ts'
import { chooseLock, explain, type Show, unlockWith, withProgress } from './vault-page.ts'

/**
 * Opens what this device holds: its database, then the vault, which may ask the person, then moves what an earlier version
 * left there. Where nothing can be kept, the device works in memory, and says so.
 */
export async function boot(ground: Ground, policy: Promise<Policy>, show: Show): Promise<Device> {
  let database: DeviceDatabase | undefined
  let vault: Vault | undefined
  try {
    database = await openDeviceDatabase({
      indexedDB,
      clock: ground.clock,
      onFailure({ message, reason }) {
        ground.notices.error(message)
        if (reason === 'evicted' && vault) void keepKeys(vault, ground)
      },
    })
    const { clock, random } = ground
    const isLockRequired = (await policy).vault === 'required'
    vault = await openVault({ file: database.vaultFile, clock, random, isLockRequired })
    const keychain = await opened(vault, isLockRequired, ground, show)
    const store = sealedStore({ database, indexedDB, keychain, clock, random })
    const left = await withProgress(clock, show, onProgress =>
      migrateDevice({ indexedDB, store, clock, onProgress }),
    )
    for (const { failure } of left) {
      ground.notices.error(`A board of an earlier version could not be encrypted yet. ${failure.message}`)
    }
    return openDevice(ground, store, vault)
  } catch (error) {
    vault?.close()
    database?.close()
    return deviceInMemory(ground, failureOf(error, 'unavailable'))
  }
}

/** The keys, once the vault is open and has the lock that it has to have. Rejects with a StorageFailure where there are none. */
async function opened(
  vault: Vault,
  isLockRequired: boolean,
  { clock }: Ground,
  show: Show,
): Promise<Keychain> {
  for (;;) {
    const step = bootStep(vault.state, isLockRequired)
    switch (step.do) {
      case 'make':
        await make(vault)
        break
      case 'choose-lock':
        await chooseLock(vault, 'required', show)
        break
      case 'unlock':
        if ((await unlockWith(vault, clock, show)) === 'recovery') await chooseLock(vault, 'recovered', show)
        break
      case 'explain':
        await explain(step.message, show)
        throw new StorageFailure('corrupt', step.message)
      case 'go':
        return step.keychain
      default:
        return unreachable(step)
    }
  }
}

/** A vault that this browser opens by itself. */
async function make(vault: Vault): Promise<void> {
  const outcome = await vault.create({ kind: 'device' })
  // Another tab may have been faster: then there is one.
  if (!outcome.done && vault.state.at === 'missing') throw new StorageFailure('unavailable', outcome.message)
}
