import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import { CLOSE } from '../shared/protocol/close.ts'
import type { Hello } from '../shared/protocol/hello.ts'
import { makeShape } from '../shared/schema/read.ts'
import { seededRandom } from '../shared/testing/seeded-random.ts'
import { systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { Cell } from '../shared/util/readable.ts'
import { Notices } from './app/model/notices.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { Library } from './board/library.ts'
import { rejectionIn } from './rejected-changes.ts'
import { keepRejected, type RejectionParts } from './rejected-copy.ts'
import { withStored } from './stored-board.ts'
import { openDeviceDatabase } from './sync/device-database.ts'
import { world } from './sync/relay-link.testing.ts'
import type { RelayState } from './sync/relay-link.ts'
import { sealedStore } from './sync/sealed-store.ts'
import { simWebSocket } from './sync/sim/sim-socket.ts'
import { memoryKeychain } from './vault/keychain.ts'

afterEach(() => vi.unstubAllGlobals())

const KEPT_BACK: RelayState = { at: 'synced', durable: true, keepsBack: true }

const linkOf = (state: RelayState, role: Hello['role']) =>
  ({ relay: new Cell(state), hello: new Cell({ role }) }) as unknown as RejectionParts['sync']

test('what is kept back is rejected for who may only look, and waits for a relay that is older than this app', () => {
  expect(rejectionIn(linkOf(KEPT_BACK, 'viewer'))).toMatchObject({ code: CLOSE.refused })
  expect(rejectionIn(linkOf(KEPT_BACK, 'editor'))).toBeNull()
  expect(rejectionIn(linkOf(KEPT_BACK, 'owner'))).toBeNull()
  expect(rejectionIn(linkOf({ at: 'synced', durable: true }, 'viewer'))).toBeNull()
})

test('what is drawn while the copy is made is in the copy, too', async () => {
  const here = world()
  vi.stubGlobal('WebSocket', simWebSocket(here.net, 'a', here.accept))
  const indexedDB = new IDBFactory()
  const random = seededRandom(1)
  const database = await openDeviceDatabase({ indexedDB, clock: systemClock })
  const keychain = memoryKeychain(random)
  const store = sealedStore({
    database,
    indexedDB,
    keychain,
    clock: systemClock,
    random,
    onLeave: () => () => {},
  })
  const library = new Library(newDocument())
  const doc = newDocument()
  const board = new DocBoard(doc)
  const draw = (id: string) => {
    const shape = makeShape('ellipse', { id, pos: [0, 0], size: [9, 9], z: 'a0' })
    board.transact([{ op: 'create', shape }])
  }
  draw('before')
  const id = newId(random)
  const device = { store, library, random, clock: here.clock, notices: new Notices(here.clock) }
  const parts = { device, id, doc, board, access: { credential: null } } as unknown as RejectionParts
  const refusal = { code: CLOSE.invalid, reason: '', where: '' }
  let isDone = false
  const keeping = keepRejected(refusal, { ...parts, relayUrl: 'ws://relay' }).finally(() => {
    isDone = true
  })
  while (!isDone) {
    await here.clock.settle(10)
    await new Promise(resolve => setImmediate(resolve))
  }
  const kept = await keeping
  draw('meanwhile')
  await kept?.bringBack()
  const [copy = ''] = library.entries.map(entry => entry.id)
  const shapesOn = (of: string) => withStored(store, of, held => [...held.getMap('shapes').keys()].sort())
  expect(await shapesOn(copy)).toEqual(['before', 'meanwhile'])
  expect(await shapesOn(id)).toEqual([])
})
