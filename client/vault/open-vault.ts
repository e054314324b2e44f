import { DeviceVault, type VaultParts } from './device-vault.ts'
import { browserPasskeys } from './passkey-host.ts'
import type { Stretch } from './passphrase.ts'
import type { Vault } from './seams.ts'
import type { TabChannel } from './vault-tabs.ts'
import type { TriesStorage } from './wrong-tries.ts'

/** What the browser gives is the default of the rest. */
export type VaultOptions = Pick<VaultParts, 'file' | 'clock' | 'random' | 'isLockRequired'> &
  Partial<VaultParts>

/** ms. Other tabs answer within some 10 ms; the lock page must not flash up in a second tab, nor be late in the first. */
const ANSWER_WITHIN = 200

const CHANNEL = 'driftboard:vault'

/** The vault of this device: open already when nothing has to be proved, or when another tab has it open. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const {
    channel = browserChannel(),
    passkeys = browserPasskeys(),
    tries = browserStorage(),
    stretch = stretchBeside,
  } = options
  const vault = new DeviceVault({ ...options, channel, passkeys, tries, stretch })
  await vault.read()
  if (vault.state.at === 'locked') await openOrLate(vault, options)
  return vault
}

const stretchBeside: Stretch = async request => {
  const { stretchInWorker } = await import('./passphrase.ts')
  return stretchInWorker(request)
}

const browserChannel = (): TabChannel | null =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)

/** Reading the property throws where the person has forbidden storage. */
function browserStorage(): TriesStorage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

const openOrLate = (vault: Vault, { clock }: VaultOptions): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      stopWaiting()
      stopListening()
      resolve()
    }
    const stopWaiting = clock.after(ANSWER_WITHIN, done)
    const stopListening = vault.subscribe(state => {
      if (state.at !== 'locked') done()
    })
  })
