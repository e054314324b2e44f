import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../../../shared/schema/read.ts'
import { fakeClock } from '../../../shared/testing/fake-clock.ts'
import type { Edit } from '../board.ts'
import { DocBoard } from '../doc-board.ts'
import { Absence, type AbsenceFiles } from './absence.ts'
import { compareVersions, type Review, sideOf } from './compare.ts'

const rectangle = (id: string) => makeShape('rectangle', { id, pos: [0, 0], size: [100, 50], z: 'a0' })
const create = (id: string): Edit => ({ op: 'create', shape: rectangle(id) })
const move = (id: string, x: number): Edit => ({ op: 'patch', id, patch: { pos: [x, 0] } })

function memoryFiles(): AbsenceFiles & { readonly held: Map<string, Uint8Array> } {
  const held = new Map<string, Uint8Array>()
  return {
    held,
    async put(name, bytes) {
      held.set(name, bytes)
    },
    async get(name) {
      return held.get(name) ?? null
    },
    async delete(name) {
      held.delete(name)
    },
  }
}

/** A device that has just loaded what it holds, and the board of everybody else. */
function device(stored: readonly Uint8Array[], files = memoryFiles(), clock = fakeClock(1_000_000)) {
  const doc = new Y.Doc()
  for (const update of stored) Y.applyUpdate(doc, update)
  const board = new DocBoard(doc)
  const reviews: Review[] = []
  const copies: number[] = []
  const troubles: unknown[] = []
  const absence = new Absence({
    doc,
    board,
    clock,
    files: {
      ...files,
      async put(name, bytes) {
        copies.push(bytes.length)
        await files.put(name, bytes)
      },
    },
    isOwnTab: origin => origin === 'another tab',
    isHeard: origin => origin === 'relay',
    whenIdle: task => clock.after(1, task),
    onReturn: versions => reviews.push(compareVersions(versions)),
    onTrouble: error => troubles.push(error),
  })
  return {
    ...{ doc, board, absence, files, clock, reviews, copies, troubles },
    hear(update: Uint8Array, origin = 'relay') {
      if (origin === 'relay') absence.heard(update)
      Y.applyUpdate(doc, update, origin)
    },
    state: () => Y.encodeStateAsUpdate(doc),
    /** The link says so more than once. */
    async comeBack() {
      await absence.back()
      await absence.back()
      await clock.settle(2)
    },
  }
}

function others(...stored: readonly Uint8Array[]) {
  const doc = new Y.Doc()
  for (const update of stored) Y.applyUpdate(doc, update)
  const board = new DocBoard(doc)
  return { board, state: () => Y.encodeStateAsUpdate(doc) }
}

function shared(): Uint8Array {
  const { board, state } = others()
  board.transact(['a', 'b', 'c'].map(create))
  return state()
}

const sides = (review: Review | undefined) => review?.map(one => [one.id, sideOf(one)])

test('a board that others changed since this device last saw it is told of, without a copy of the document', async () => {
  const stored = shared()
  const ana = others(stored)
  ana.board.transact([move('a', 7), { op: 'remove', id: 'b' }, create('d')])
  const me = device([stored])
  me.hear(ana.state())
  await me.comeBack()
  expect(sides(me.reviews[0])).toEqual([
    ['b', 'theirs'],
    ['d', 'theirs'],
    ['a', 'theirs'],
  ])
  expect(me.copies).toEqual([])
})

test('nothing is told of the very first opening, of an opening without news, and of live work', async () => {
  const stored = shared()
  const first = device([])
  first.hear(stored)
  await first.comeBack()
  const again = device([stored])
  again.hear(stored)
  await again.comeBack()
  const ana = others(stored)
  ana.board.transact([move('a', 7)])
  again.hear(ana.state())
  await again.comeBack()
  expect([first.reviews, again.reviews]).toEqual([[], []])
})

test('both sides of an absence are told apart, through reloads, with one copy of the document as it was', async () => {
  const stored = shared()
  const me = device([stored])
  await me.comeBack()
  me.absence.lost()
  me.board.transact([move('a', 5)])
  me.board.transact([move('b', 5)])
  await me.clock.settle(1)
  const reloaded = device([me.state()], me.files)
  await me.clock.settle(1)
  reloaded.board.transact([create('mine')])
  const tab = others(reloaded.state())
  tab.board.transact([create('tab')])
  reloaded.hear(tab.state(), 'another tab')
  expect([...me.copies, ...reloaded.copies]).toHaveLength(1)

  const ana = others(stored)
  ana.board.transact([
    { op: 'patch', id: 'a', patch: { stroke: '#ff0000' } },
    { op: 'remove', id: 'c' },
  ])
  reloaded.hear(ana.state())
  await reloaded.comeBack()
  expect(new Map(sides(reloaded.reviews[0]) as [string, string][])).toEqual(
    new Map([
      ['a', 'both'],
      ['b', 'mine'],
      ['c', 'theirs'],
      ['mine', 'mine'],
      ['tab', 'mine'],
    ]),
  )
  const [both] = reloaded.reviews[0] ?? []
  expect(both?.base?.pos).toEqual([0, 0])
  expect(both?.mine).toMatchObject({ pos: [5, 0], stroke: '#1e1e1e' })
  expect(both?.theirs).toMatchObject({ pos: [0, 0], stroke: '#ff0000' })
  expect(both?.merged).toMatchObject({ pos: [5, 0], stroke: '#ff0000' })
  await me.clock.settle(1)
  expect(me.files.held.size).toBe(0)
})

test('a change of theirs that lost to mine, and one to what I removed, are told of all the same', async () => {
  const stored = shared()
  const me = device([stored])
  me.board.transact([move('a', 5), { op: 'remove', id: 'b' }])
  const ana = others(stored)
  ana.board.transact([move('a', 9), move('b', 9)])
  me.hear(ana.state())
  await me.comeBack()
  expect(me.reviews[0]?.map(({ id, byMe, byThem }) => [id, byMe, byThem])).toEqual(
    expect.arrayContaining([
      ['a', 'changed', 'changed'],
      ['b', 'removed', 'changed'],
    ]),
  )
  expect(me.reviews[0]?.find(({ id }) => id === 'b')).toMatchObject({ theirs: { pos: [9, 0] } })
})

test('own changes alone are nothing to review, and their copy of the document goes', async () => {
  const me = device([shared()])
  me.board.transact([move('a', 5)])
  await me.clock.settle(1)
  expect(me.files.held.size).toBe(1)
  await me.comeBack()
  await me.clock.settle(1)
  expect(me.reviews).toEqual([])
  expect(me.files.held.size).toBe(0)
})

test('a hiccup of the network is told of only when something was changed here meanwhile', async () => {
  const stored = shared()
  const me = device([stored])
  const ana = others(stored)
  const away = async (ms: number, x: number) => {
    me.absence.lost()
    me.clock.advance(ms)
    ana.board.transact([move('a', x)])
    me.hear(ana.state())
    await me.comeBack()
  }
  await me.comeBack()
  await away(9_000, 1)
  expect(me.reviews).toHaveLength(0)
  await away(11_000, 2)
  expect(me.reviews).toHaveLength(1)
})

test('what is drawn while the others’ changes come in is live work and no part of the review', async () => {
  const stored = shared()
  const me = device([stored])
  const ana = others(stored)
  ana.board.transact([move('a', 7)])
  me.hear(ana.state())
  me.board.transact([move('c', 3)])
  await me.comeBack()
  expect(sides(me.reviews[0])).toEqual([['a', 'theirs']])
})

test('a device that cannot keep files still tells what happened in this visit, and says that it could not', async () => {
  const stored = shared()
  const files = memoryFiles()
  const me = device([stored], {
    ...files,
    put: () => Promise.reject(new Error('full')),
    get: () => Promise.reject(new Error('gone')),
  })
  me.board.transact([move('b', 5)])
  const ana = others(stored)
  ana.board.transact([move('a', 7)])
  me.hear(ana.state())
  await me.comeBack()
  expect(sides(me.reviews[0])).toEqual([
    ['a', 'theirs'],
    ['b', 'mine'],
  ])
  expect(me.troubles).not.toEqual([])
})
