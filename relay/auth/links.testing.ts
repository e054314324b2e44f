import { expect } from 'vitest'
import { deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { memoryStore } from '../storage/memory-store.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { Authorizer, Grant, Refusal } from './authorizer.ts'
import { linksAuthorizer } from './links.ts'
import { TestStore } from './store.testing.ts'

export const BOARD = 'a-board-of-mine-1'

/** Where its record lies in a store. */
export const RECORD = `boards/${BOARD}/keys`

/** Of BOARD. */
export const owner = newOwnerKey(secureRandom)

/** The text of a key that follows from `owner`. */
export const key = (role: Role, epoch = 0): string => deriveKey(owner, BOARD, role, epoch).text

/** What a refusal in such words equals. */
export const refusal = (code: number, words: RegExp): object => ({
  code,
  refused: expect.stringMatching(words),
})

/** A relay with stores of its own that a test can disturb; more relays on the same ones come from `relay`. */
export function linksRig(kept: ObjectStore = memoryStore()) {
  const store = new TestStore(kept)
  const copy = new TestStore(memoryStore())
  const clock = fakeClock(1_000_000)
  const rotations: [string, number][] = []
  const relay = (parts: { copy?: TestStore | null } = {}): Authorizer =>
    linksAuthorizer({
      store,
      copy,
      clock,
      onRotated: (board, epoch) => rotations.push([board, epoch]),
      ...parts,
    })
  const links = relay()
  const present = (credential: string | null, at = links, board = BOARD): Promise<Grant | Refusal> =>
    at.authorize({ board, credential })
  return {
    store,
    copy,
    clock,
    rotations,
    relay,
    links,
    present,
    /** The owner connects. */
    claim: (at = links): Promise<Grant | Refusal> => present(owner.text, at),
    async rotate(at = links, credential = owner.text): Promise<number | Refusal> {
      if (!at.rotate) throw new Error('This authorizer has no keys to rotate.')
      return at.rotate(BOARD, credential)
    },
  }
}
