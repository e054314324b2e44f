import { expect, test } from 'vitest'
import { applyUpdate } from 'yjs'
import { CLOSE } from '../shared/protocol/close.ts'
import { SCHEMA_VERSION } from '../shared/schema/read.ts'
import { schemaFixtures } from '../shared/testing/schema-fixtures.ts'
import { Cell } from '../shared/util/readable.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { followUpgrade } from './board-upgrade.ts'
import type { RelayState } from './sync/relay-link.ts'

const OLD = schemaFixtures().find(({ name }) => name === 'v1/merge')?.update ?? new Uint8Array()

function opened() {
  const doc = newDocument()
  const board = new DocBoard(doc)
  const relay = new Cell<RelayState>({ at: 'offline' })
  let load = () => {}
  const loaded = new Promise<void>(resolve => (load = resolve))
  let asked = 0
  const stop = followUpgrade({ board, sync: { loaded, relay }, onOutdated: () => (asked += 1) })
  const finish = async () => {
    load()
    await loaded
  }
  return {
    doc,
    board,
    relay,
    load: finish,
    stop,
    asked: () => asked,
    version: () => doc.getMap('meta').get('schema'),
  }
}

const synced: RelayState = { at: 'synced', durable: true }

test('a board is upgraded once this device has read it, and not before', async () => {
  const here = opened()
  applyUpdate(here.doc, OLD)
  expect(here.version()).toBe(1)
  await here.load()
  expect(here.version()).toBe(SCHEMA_VERSION)
  expect(here.asked()).toBe(0)
})

test('a board that only the relay had is upgraded once it has come whole', async () => {
  const here = opened()
  await here.load()
  here.relay.set({ at: 'syncing' })
  applyUpdate(here.doc, OLD)
  expect(here.version()).toBe(1)
  here.relay.set(synced)
  expect(here.version()).toBe(SCHEMA_VERSION)
})

test('who may not edit upgrades nothing, and neither does a board that was closed meanwhile', async () => {
  const viewer = opened()
  viewer.board.lock('Look only.')
  applyUpdate(viewer.doc, OLD)
  await viewer.load()
  viewer.relay.set(synced)
  expect(viewer.version()).toBe(1)

  const closed = opened()
  applyUpdate(closed.doc, OLD)
  closed.stop()
  await closed.load()
  closed.relay.set(synced)
  expect(closed.version()).toBe(1)
})

test('an update of the app is looked for, once, when a later version has written to the board', async () => {
  const here = opened()
  await here.load()
  here.doc.getMap('meta').set('schema', SCHEMA_VERSION + 1)
  here.relay.set(synced)
  expect(here.asked()).toBe(1)
  expect(here.version()).toBe(SCHEMA_VERSION + 1)
})

test('an update of the app is looked for when the relay allows only newer ones, and the board goes on', async () => {
  const here = opened()
  applyUpdate(here.doc, OLD)
  await here.load()
  here.relay.set({ at: 'refused', code: CLOSE.outdated, reason: '', where: '' })
  expect(here.asked()).toBe(1)
  expect(here.board.readOnly).toBeUndefined()
  here.board.transact([{ op: 'remove', id: 'shared' }])
  expect(here.board.shapes.has('shared')).toBe(false)
})
