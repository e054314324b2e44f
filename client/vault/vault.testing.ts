import { onTestFinished } from 'vitest'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { argon2Key } from './argon2.ts'
import { openVault, type VaultOptions } from './open-vault.ts'
import type { Vault, VaultFile, VaultState } from './seams.ts'
import type { TriesStorage } from './wrong-tries.ts'

/** Argon2 as fast as it goes: what it costs in earnest is measured by vault.bench.ts. */
const CHEAP = { memoryKiB: 8, passes: 1, lanes: 1 }

/** A record in memory, cloned as IndexedDB clones it. */
class MemoryFile implements VaultFile {
  stored: unknown

  async read(): Promise<unknown> {
    return structuredClone(this.stored)
  }

  async replace(next: { readonly revision: number }, over: number | null): Promise<boolean> {
    const revision = this.stored === undefined ? null : (this.stored as { revision: number }).revision
    if (revision !== over) return false
    this.stored = structuredClone(next)
    return true
  }
}

/** What localStorage does, for the tabs of one device. */
export function memoryTries(): TriesStorage {
  const items = new Map<string, string>()
  return {
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: key => void items.delete(key),
  }
}

let tabs = 0

/** One browser: a file and a clock that its tabs share. */
export class Browser {
  readonly file = new MemoryFile()
  readonly clock: FakeClock = fakeClock(1_700_000_000_000)
  readonly tries = memoryTries()
  readonly #channel = `vault of browser ${++tabs}`

  /** A tab on its own, unless `channel` says otherwise. Takes some hundred ms of the clock. */
  async tab(options: Partial<VaultOptions> = {}): Promise<Vault> {
    const { file, clock, tries } = this
    const opening = openVault({
      file,
      clock,
      tries,
      random: seededRandom(++tabs),
      isLockRequired: false,
      channel: null,
      passkeys: null,
      stretch: argon2Key,
      cost: CHEAP,
      ...options,
    })
    const vault = await this.#passingTime(opening)
    onTestFinished(() => vault.close())
    return vault
  }

  /** Lets time pass for a tab that waits for answers which nobody gives. */
  async #passingTime<T>(task: Promise<T>): Promise<T> {
    let isDone = false
    void task.finally(() => (isDone = true))
    while (!isDone) {
      await new Promise(resolve => setTimeout(resolve))
      this.clock.advance(10)
    }
    return task
  }

  /** A tab that hears the others. */
  connectedTab(options: Partial<VaultOptions> = {}): Promise<Vault> {
    return this.tab({ channel: new BroadcastChannel(this.#channel), ...options })
  }

  /** Sends what no tab of ours sends. */
  outsider(): BroadcastChannel {
    const channel = new BroadcastChannel(this.#channel)
    onTestFinished(() => channel.close())
    return channel
  }
}

export function keychainOf(vault: Vault) {
  const { state } = vault
  if (state.at !== 'open') throw new Error(`The vault is ${state.at}.`)
  return state.keychain
}

export const kindsOf = (state: VaultState): readonly string[] =>
  'locks' in state ? state.locks.map(lock => lock.kind) : []
