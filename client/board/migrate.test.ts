import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { documentProblems } from '../../shared/protocol/document-problems.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { makeShape, SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { type Picture, pictureOf, schemaFixtures } from '../../shared/testing/schema-fixtures.ts'
import { DocBoard } from './doc-board.ts'
import { newDocument } from './document.ts'
import { upgradeDocument } from './migrate.ts'
import { UPGRADE_IDS } from './upgrade-ids.ts'

const FIXTURES = schemaFixtures()
const OLD = FIXTURES.filter(({ version }) => version < SCHEMA_VERSION)

function opened(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

const merged = OLD.find(({ name }) => name === 'v1/merge') as (typeof OLD)[number]

/** The updates that `act` makes. */
function updatesOf(doc: Y.Doc, act: () => void): Uint8Array[] {
  const updates: Uint8Array[] = []
  const note = (update: Uint8Array) => updates.push(update)
  doc.on('update', note)
  act()
  doc.off('update', note)
  return updates
}

const rawPoints = (doc: Y.Doc): unknown[] =>
  [...doc.getMap('shapes').values()]
    .filter((shape): shape is Y.Map<unknown> => shape instanceof Y.Map && shape.has('points'))
    .map(shape => shape.get('points'))

/** World units. Half of the finest step that points are packed to. */
const ROUNDING = 2 ** -11

/** What an earlier version saw is seen now; keys that it did not know are not looked at. */
function expectSame(seen: Picture, before: Picture): void {
  expect(seen.title).toBe(before.title)
  expect(seen.comments).toEqual(before.comments)
  expect(seen.shapes.map(({ id }) => id)).toEqual(before.shapes.map(({ id }) => id))
  for (const [i, { points, ...known }] of before.shapes.entries()) {
    expect(seen.shapes[i]).toMatchObject(known)
    const now = (seen.shapes[i]?.points ?? []) as readonly number[]
    const then = (points ?? []) as readonly number[]
    expect(now.length).toBe(then.length)
    for (const [at, n] of then.entries())
      expect(Math.abs((now[at] ?? Number.NaN) - n)).toBeLessThanOrEqual(ROUNDING)
  }
}

test('there are fixtures of every version up to this one', () => {
  const versions = new Set(FIXTURES.map(({ version }) => version))
  expect([...versions].sort()).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1))
})

describe.each(FIXTURES)('the document $name', ({ update, picture, version }) => {
  test('shows what the version that wrote it showed, before and after its upgrade', () => {
    const doc = opened(update)
    expectSame(pictureOf(doc), picture)
    const before = pictureOf(doc)
    upgradeDocument(doc)
    expect(pictureOf(doc)).toEqual(before)
    expect(doc.getMap('meta').get('schema')).toBe(SCHEMA_VERSION)
  })

  test('is upgraded in one update that the gate takes from an editor, and holds no old form that can be read', () => {
    const doc = opened(update)
    const problems = documentProblems(doc)
    const updates = updatesOf(doc, () => upgradeDocument(doc))
    expect(updates.length).toBe(version < SCHEMA_VERSION ? 1 : 0)
    for (const change of updates) {
      const other = opened(update)
      expect(() => checkIncoming(other, readUpdate(other, change), 'editor')).not.toThrow()
    }
    expect(documentProblems(doc)).toEqual(problems)
    const board = new DocBoard(doc)
    const readable = [...board.shapes.values()].filter(shape => 'points' in shape)
    expect(rawPoints(doc).filter(held => held instanceof Uint8Array).length).toBeGreaterThanOrEqual(
      readable.length,
    )
  })

  test('upgraded again, or opened again, is left as it is', () => {
    const doc = opened(update)
    upgradeDocument(doc)
    expect(updatesOf(doc, () => upgradeDocument(doc))).toEqual([])
    const again = opened(Y.encodeStateAsUpdate(doc))
    expect(updatesOf(again, () => upgradeDocument(again))).toEqual([])
  })

  test('upgraded on two devices at once is the same update twice', () => {
    const [a, b] = [opened(update), opened(update)]
    const [ofA] = updatesOf(a, () => upgradeDocument(a))
    const [ofB] = updatesOf(b, () => upgradeDocument(b))
    expect(ofB).toEqual(ofA)
    if (!ofB) return
    expect(updatesOf(a, () => Y.applyUpdate(a, ofB))).toEqual([])
  })
})

test('an upgrade writes the old keys and the version, and nothing else', () => {
  const doc = opened(merged.update)
  const [update] = updatesOf(doc, () => upgradeDocument(doc))
  const { structs } = Y.decodeUpdate(update as Uint8Array)
  // One arrow is left, and `meta`.
  expect(structs.length).toBe(2)
  expect(structs.at(-1)).toMatchObject({ content: { arr: [SCHEMA_VERSION] } })
})

test('an upgrade is no gesture: there is nothing to undo', () => {
  const board = new DocBoard(opened(merged.update))
  board.upgrade()
  expect(board.canUndo).toBe(false)
})

test('the first gesture on an old board follows its upgrade, and takes back only itself', () => {
  const doc = opened(merged.update)
  const board = new DocBoard(doc)
  board.transact([{ op: 'patch', id: 'shared', patch: { points: [0, 0, 1, 1] } }])
  expect(doc.getMap('meta').get('schema')).toBe(SCHEMA_VERSION)
  board.undo()
  expect(board.shapes.get('shared')).toMatchObject({ points: [0, 0, 7, 7] })
  expect(rawPoints(doc).every(held => held instanceof Uint8Array)).toBe(true)
  expect(doc.getMap('meta').get('schema')).toBe(SCHEMA_VERSION)
})

test('who may only look sees an old board as it is meant, and writes nothing', () => {
  const doc = opened(merged.update)
  const board = new DocBoard(doc)
  board.lock('Look only.')
  expect(updatesOf(doc, () => board.upgrade())).toEqual([])
  expect(board.shapes.get('shared')).toMatchObject({ type: 'arrow', points: [0, 0, 7, 7] })
})

test('a board on which nothing is yet is not written to', () => {
  const doc = new Y.Doc()
  expect(updatesOf(doc, () => upgradeDocument(doc))).toEqual([])
})

test('points that somebody drew offline with an old version prevail over the upgrade of those before', () => {
  const [device, offline] = [opened(merged.update), opened(merged.update)]
  offline.clientID = 2 ** 24
  upgradeDocument(device)
  offline.getMap<Y.Map<unknown>>('shapes').get('shared')?.set('points', [0, 0, 9, 9])
  Y.applyUpdate(device, Y.encodeStateAsUpdate(offline))
  expect(new DocBoard(device).shapes.get('shared')).toMatchObject({ points: [0, 0, 9, 9] })
  upgradeDocument(device)
  expect(rawPoints(device)).toEqual([expect.any(Uint8Array)])
  expect(new DocBoard(device).shapes.get('shared')).toMatchObject({ points: [0, 0, 9, 9] })
})

test('what a person drew over an upgrade prevails over the upgrade of another device that knew of neither', () => {
  // Of two upgrades that differ one has the higher id, and all that builds on the other would lose to it.
  for (const drawsFirst of [true, false]) {
    const [drawing, other] = [opened(merged.update), opened(merged.update)]
    const elsewhere = drawsFirst ? drawing : other
    elsewhere.getMap<Y.Map<unknown>>('shapes').get('label')?.set('pos', [8, 8])
    new DocBoard(other).upgrade()
    const board = new DocBoard(drawing)
    board.transact([{ op: 'patch', id: 'shared', patch: { points: [0, 0, 5, 5] } }])
    Y.applyUpdate(drawing, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(drawing))
    for (const doc of [drawing, other])
      expect(new DocBoard(doc).shapes.get('shared')).toMatchObject({ points: [0, 0, 5, 5] })
  }
})

test('a person whose own client id is as low as those of upgrades can change what was upgraded', () => {
  const doc = opened(merged.update)
  doc.clientID = 1
  const board = new DocBoard(doc)
  board.transact([{ op: 'patch', id: 'shared', patch: { points: [0, 0, 5, 5] } }])
  expect(board.shapes.get('shared')).toMatchObject({ points: [0, 0, 5, 5] })
  expect(Array.from({ length: 2000 }, () => newDocument().clientID).every(id => id >= UPGRADE_IDS)).toBe(true)
})

test('a listener that writes while a board is upgraded writes under its own id', () => {
  const doc = opened(merged.update)
  doc.clientID = 2 ** 30
  doc.on('afterTransaction', () => {
    if (!doc.getMap('meta').has('note')) doc.getMap('meta').set('note', 1)
  })
  upgradeDocument(doc)
  const { clock } = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  expect(clock).toBe(1)
})

describe('a board of a later version', () => {
  /** As that version may write it: a type, a key and a form that this one does not know. */
  function future(): Y.Doc {
    const doc = new Y.Doc()
    const board = new DocBoard(doc)
    board.transact([
      { op: 'create', shape: makeShape('rectangle', { id: 'r', z: 'a0', pos: [0, 0], size: [9, 9] }) },
    ])
    doc.transact(() => {
      doc.getMap('meta').set('schema', SCHEMA_VERSION + 1)
      const shapes = doc.getMap<Y.Map<unknown>>('shapes')
      shapes.set('new', new Y.Map<unknown>([['type', 'hologram']]))
      shapes.set(
        'form',
        new Y.Map<unknown>([
          ['type', 'arrow'],
          ['z', 'a1'],
          ['pos', [1, 1]],
          ['points', 'packed'],
        ]),
      )
      // In a form of version 1, which an upgrade would write anew.
      shapes.set(
        'old',
        new Y.Map<unknown>([
          ['type', 'line'],
          ['z', 'a2'],
          ['pos', [1, 1]],
          ['points', [0, 0, 1, 1]],
        ]),
      )
    })
    return doc
  }

  test('is shown as far as it can be, is read-only, and says why', () => {
    const board = new DocBoard(opened(Y.encodeStateAsUpdate(future())))
    expect(board.isNewer).toBe(true)
    expect(board.readOnly).toMatch(/newer version.*Reload to update/)
    expect(board.ordered.map(({ id, type }) => [id, type])).toEqual(
      expect.arrayContaining([
        ['r', 'rectangle'],
        ['new', 'unreadable'],
        ['form', 'unreadable'],
        ['old', 'line'],
      ]),
    )
  })

  test('is not written to by anything: no gesture, upgrade, undo or redo', () => {
    const doc = new Y.Doc()
    const board = new DocBoard(doc)
    const own = makeShape('rectangle', { id: 'own', z: 'a0', pos: [0, 0], size: [9, 9] })
    board.transact([{ op: 'create', shape: own }])
    board.transact([{ op: 'patch', id: 'own', patch: { pos: [5, 5] } }])
    board.undo()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(future()))
    doc.getMap('meta').set('schema', SCHEMA_VERSION + 1)
    const updates = updatesOf(doc, () => {
      expect(() => board.transact([{ op: 'remove', id: 'own' }])).toThrow(/newer version/)
      board.upgrade()
      upgradeDocument(doc)
      board.undo()
      board.redo()
    })
    expect(updates).toEqual([])
  })
})
