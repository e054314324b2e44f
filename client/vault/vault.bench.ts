import { systemClock } from '../../shared/util/clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { argon2Key } from './argon2.ts'
import { memoryKeychain } from './keychain.ts'
import { openVault } from './open-vault.ts'
import type { VaultFile } from './seams.ts'

const SEALS = 2_000

/** Bytes. A board of 10,000 shapes as one V2 state. */
const BOARD = 1_500_000

const PASSPHRASE = { kind: 'passphrase', passphrase: 'otters hold hands' } as const

/** What the vault adds to a write, to the loading of a board and to the start. The browser's part is Node's here. */
export default async function vaultBench(): Promise<{ name: string; value: number; unit: string }[]> {
  const { sealer } = memoryKeychain(secureRandom)
  const seal = (bytes: number) => {
    const plain = secureRandom.bytes(bytes)
    return median(SEALS, async () => void sealer.seal(plain, 'a chunk'))
  }
  const board = sealer.seal(new Uint8Array(BOARD), 'a board')
  return [
    row('seal 100 B', await seal(100)),
    row('seal 1 KB', await seal(1_024)),
    row('open 1.5 MB beside the main thread', await median(20, () => sealer.openLarge(board, 'a board'))),
    row('open 1.5 MB without WebCrypto', await median(5, async () => sealer.open(board, 'a board'))),
    row('unlock by passphrase', await unlocking()),
  ]
}

async function unlocking(): Promise<number> {
  const vault = await openVault({
    file: memoryFile(),
    clock: systemClock,
    random: secureRandom,
    isLockRequired: false,
    channel: null,
    passkeys: null,
    tries: null,
    stretch: argon2Key,
  })
  await vault.create(PASSPHRASE)
  const unlock = await median(5, async () => {
    vault.lock()
    const outcome = await vault.unlock(PASSPHRASE)
    if (!outcome.done) throw new Error(outcome.message)
  })
  vault.close()
  return unlock
}

function memoryFile(): VaultFile {
  let stored: unknown
  return {
    read: async () => stored,
    async replace(next) {
      stored = next
      return true
    },
  }
}

/** ms of one run, after a fifth as many to warm up. */
async function median(runs: number, task: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < runs / 5; i += 1) await task()
  const times: number[] = []
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now()
    await task()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return Number((times[Math.floor(runs / 2)] ?? Number.NaN).toFixed(3))
}

const row = (name: string, value: number) => ({ name, value, unit: 'ms' })
