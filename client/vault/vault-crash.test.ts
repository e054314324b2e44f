import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewLock, Outcome, Proof, Vault } from './seams.ts'
import { Browser, keychainOf } from './vault.testing.ts'

const CONTENT = new TextEncoder().encode('a board')

type Step =
  | { readonly do: 'set'; readonly lock: NewLock }
  | { readonly do: 'remove'; readonly which: number }
  | { readonly do: 'recovery' }
  | { readonly do: 'idle'; readonly minutes: number | null }
  | { readonly do: 'evict' }

const passphrases = ['otters hold hands', 'beavers build dams', 'seals lie about'] as const

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('set' as const),
    lock: fc.oneof(
      fc.constant({ kind: 'device' as const }),
      fc.record({ kind: fc.constant('passphrase' as const), passphrase: fc.constantFrom(...passphrases) }),
    ),
  }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat(3) }),
  fc.constant({ do: 'recovery' as const }),
  fc.record({ do: fc.constant('idle' as const), minutes: fc.constantFrom(null, 1, 60) }),
  fc.constant({ do: 'evict' as const }),
)

/** What happens to the n-th write: the tab dies before it is stored, or after, or nothing. */
const deaths = fc.constantFrom('before', 'after', 'no death', 'no death', 'no death')

test('a tab that dies before or after any write leaves a record that opens by the old or by the new way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(steps, deaths), { minLength: 1, maxLength: 8 }), async plan => {
      const browser = new Browser()
      let vault = await browser.tab()
      await vault.create({ kind: 'device' })
      const { sealer, wrapped } = keychainOf(vault).newKey()
      const board = sealer.seal(CONTENT, 'board')
      /** What opens the vault: one of these does, whatever the person was told. */
      let proofs: readonly Proof[] = []
      for (const [step, death] of plan) {
        if (step.do === 'evict') {
          browser.file.stored = undefined
          expect(await vault.reassert()).toEqual({ done: true })
          continue
        }
        const { after, died } = await perform(browser, vault, step, death, proofs)
        if (!died) {
          proofs = after
          continue
        }
        vault = await browser.tab()
        proofs = await openWithOneOf(vault, [...after, ...proofs])
        expect(keychainOf(vault).openKey(wrapped).open(board, 'board')).toEqual(CONTENT)
      }
      const last = await browser.tab()
      await openWithOneOf(last, proofs)
      expect(keychainOf(last).openKey(wrapped).open(board, 'board')).toEqual(CONTENT)
    }),
    { numRuns: 40 },
  )
})

/** Does a step in a tab that may die of its write; `after` is what opens the vault when the step was carried out. */
async function perform(
  browser: Browser,
  vault: Vault,
  step: Exclude<Step, { do: 'evict' }>,
  death: 'before' | 'after' | 'no death',
  before: readonly Proof[],
): Promise<{ after: readonly Proof[]; died: boolean }> {
  const { file } = browser
  const write = file.replace.bind(file)
  const dead = new Promise<'dead'>(die => {
    file.replace = async (next, over) => {
      const written = death === 'before' || (await write(next, over))
      if (death === 'no death') return written
      die('dead')
      return new Promise<boolean>(() => {})
    }
  })
  let after = before
  const locks = 'locks' in vault.state ? vault.state.locks : []
  const done = carryOut()
  async function carryOut(): Promise<Outcome> {
    switch (step.do) {
      case 'set': {
        const { lock } = step
        if (lock.kind === 'device') after = []
        if (lock.kind === 'passphrase') after = [...before.filter(isRecovery), lock]
        return vault.setLock(lock)
      }
      case 'remove': {
        const lock = locks[step.which % locks.length]
        after = lock?.kind === 'recovery' ? before.filter(proof => !isRecovery(proof)) : []
        return vault.removeLock(lock?.id ?? '')
      }
      case 'recovery': {
        const made = await vault.newRecoveryCode()
        if (!made.done) return made
        after = [...before.filter(proof => !isRecovery(proof)), { kind: 'recovery', code: made.code }]
        return { done: true }
      }
      case 'idle':
        return vault.setIdleMinutes(step.minutes)
    }
  }
  const ending = await Promise.race([done, dead])
  file.replace = write
  if (ending !== 'dead' && !ending.done) expect(ending.why).toBe('refused')
  return { after: ending === 'dead' || ending.done ? after : before, died: ending === 'dead' }
}

const isRecovery = (proof: Proof): boolean => proof.kind === 'recovery'

/** Opens the vault if it has to be opened; returns the proofs that open it. */
async function openWithOneOf(vault: Vault, proofs: readonly Proof[]): Promise<readonly Proof[]> {
  if (vault.state.at === 'open') return []
  const opening: Proof[] = []
  for (const proof of new Set(proofs)) {
    // Only passphrases have to wait, and none of them is asked for more than twice.
    const outcome = await vault.unlock(proof)
    if (!outcome.done) continue
    opening.push(proof)
    vault.lock()
  }
  const [first] = opening
  expect(first, `of ${proofs.length} proofs none opens the vault, which is ${vault.state.at}`).toBeDefined()
  if (first) await vault.unlock(first)
  return opening
}
