import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { StorageError } from '../storage/update-log.ts'
import { BOARD, type Client, contentOf, NOTHING, type TestRelay, testRelay, writer } from './room.testing.ts'
import { memorySnapshots } from './watched-snapshots.testing.ts'

const LIMITS = { snapshotAfterMs: 100, snapshotMaxMs: 1_000, idleEvictMs: 300 }

/** ms. Longer than any retry waits. */
const LONG = 70_000

interface Pending {
  /** Carries the call out; whoever made it hears of it unless the answer is lost. */
  run(answer: 'told' | 'lost'): Promise<void>
  fail(): void
}

/** A relay's way to a store: each call waits until it is let through, at any time and in any order, or fails. */
class Lock {
  readonly pending: Pending[] = []
  isOpen = false
  readonly store: SnapshotStore

  constructor(inner: SnapshotStore) {
    const wait = <T>(call: () => Promise<T>): Promise<T> => (this.isOpen ? call() : this.#wait(call))
    this.store = {
      list: board => wait(() => inner.list(board)),
      get: (board, id) => wait(() => inner.get(board, id)),
      put: (board, state) => wait(() => inner.put(board, state)),
      remove: (board, ids) => wait(() => inner.remove(board, ids)),
      boards: () => wait(() => inner.boards()),
      retain: async () => undefined,
      versions: board => inner.versions(board),
      version: (board, id) => inner.version(board, id),
    }
  }

  async open(): Promise<void> {
    this.isOpen = true
    for (const call of this.pending.splice(0)) await call.run('told')
  }

  #wait<T>(call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.pending.push({
        run: async answer => {
          const result = await call()
          if (answer === 'told') resolve(result)
        },
        fail: () => reject(new StorageError('The store cannot be reached.')),
      })
    })
  }
}

/** One relay after another on one disk, sharing the store with another. */
class Place {
  readonly #clock: FakeClock
  readonly #inner: SnapshotStore
  readonly #log: MemoryLog
  #lock: Lock
  #relay: TestRelay
  #client: Client | null = null

  constructor(clock: FakeClock, inner: SnapshotStore) {
    this.#clock = clock
    this.#inner = inner
    this.#log = new MemoryLog(clock)
    this.#lock = new Lock(inner)
    this.#relay = this.#start()
  }

  /** Returns whether the change was acknowledged. */
  async edit(key: string): Promise<boolean> {
    if (!this.#client || this.#client.closeCode !== null) this.#client = this.#relay.join()
    const client = this.#client
    const before = client.got('ack').at(-1)?.frames ?? 0
    client.say({ type: 'update', update: writer().set(key, 1) })
    await this.#clock.settle(20)
    return (client.got('ack').at(-1)?.frames ?? 0) > before
  }

  leave(): void {
    this.#client?.leave()
    this.#client = null
  }

  async step(which: number, answer: 'told' | 'lost'): Promise<void> {
    const { pending } = this.#lock
    const [call] = pending.length > 0 ? pending.splice(which % pending.length, 1) : []
    await call?.run(answer)
  }

  fail(which: number): void {
    const { pending } = this.#lock
    const [call] = pending.length > 0 ? pending.splice(which % pending.length, 1) : []
    call?.fail()
  }

  async crash(): Promise<void> {
    this.#relay.crash()
    this.#log.crash()
    this.#client = null
    this.#lock = new Lock(this.#inner)
    this.#relay = this.#start()
    void this.#relay.rooms.catchUp()
  }

  /** The store works from now on. */
  async calm(): Promise<void> {
    await this.#lock.open()
    await this.#clock.settle(LONG)
  }

  #start(): TestRelay {
    return testRelay({ clock: this.#clock, log: this.#log, snapshots: this.#lock.store, limits: LIMITS })
  }
}

/** Keeps all that was ever put, to compare with what the store holds. */
class Witness {
  readonly put = new Set<string>()
  readonly store: SnapshotStore

  constructor(private readonly inner: SnapshotStore) {
    this.store = {
      ...inner,
      put: async (board, state) => {
        const id = await inner.put(board, state)
        for (const key of keysIn([state])) this.put.add(key)
        return id
      },
    }
  }

  /** What was put once and is in no snapshot any more. */
  async lost(keys: Iterable<string> = this.put): Promise<string[]> {
    const ids = await this.inner.list(BOARD)
    const states = await Promise.all(ids.map(id => this.inner.get(BOARD, id)))
    const held = keysIn(states.filter(state => state !== null))
    return [...keys].filter(key => !held.has(key))
  }
}

function keysIn(states: readonly Uint8Array[]): Set<string> {
  const doc = new Y.Doc()
  for (const state of states) Y.applyUpdateV2(doc, state)
  return new Set(doc.getMap('meta').keys())
}

const place = fc.nat(1)
const which = fc.nat(5)
/** ms. More than a board rests before it is snapshotted, so that mostly one is under way. */
const rest = fc.constantFrom(0, 300, 300, 3_000)
const turn = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), place, rest }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      place,
      which,
      rest: fc.constantFrom(0, 0, 300),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), place, which, rest }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), place, rest }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), place, which, rest }) },
)

test('two relays on one store, their steps interleaved in any way, failing and crashing, lose nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 20, maxLength: 80, size: 'max' }), async turns => {
      const clock = fakeClock()
      const witness = new Witness(memorySnapshots(clock))
      const places = [new Place(clock, witness.store), new Place(clock, witness.store)] as const
      const acknowledged: string[] = []
      for (const [at, next] of turns.entries()) {
        const here = next.place === 0 ? places[0] : places[1]
        if (next.do === 'edit' && (await here.edit(`key${at}`))) acknowledged.push(`key${at}`)
        if (next.do === 'step') await here.step(next.which, 'told')
        if (next.do === 'fail') here.fail(next.which)
        if (next.do === 'leave') here.leave()
        if (next.do === 'crash') {
          await here.step(next.which, 'lost')
          await here.crash()
        }
        await clock.settle(1 + next.rest)
        expect(await witness.lost()).toEqual([])
      }
      for (const here of places) await here.calm()
      await clock.settle(LONG)
      expect(await witness.lost(acknowledged)).toEqual([])
      const elsewhere = testRelay({ clock, snapshots: witness.store })
      const reader = elsewhere.join()
      reader.say({ type: 'syncStep1', stateVector: NOTHING })
      await elsewhere.settle()
      expect(Object.keys(contentOf(reader))).toEqual(expect.arrayContaining(acknowledged))
    }),
    { numRuns: Number(process.env.RACE_RUNS ?? 100) },
  )
}, 60_000)
