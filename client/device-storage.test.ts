import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../shared/schema/read.ts'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { Cell } from '../shared/util/readable.ts'
import { DocBoard } from './board/doc-board.ts'
import { keepDeviceStorage } from './device-storage.ts'
import type { LocalState } from './sync/local-store.ts'

const DAY = 24 * 60 * 60 * 1000
const shape = makeShape('rectangle', { id: 'shape-a', pos: [0, 0], size: [10, 10], z: 'a0' })

function rig({ isPersisted = false, clock = fakeClock(DAY), kept = new Map<string, string>() } = {}) {
  const doc = new Y.Doc()
  const board = new DocBoard(doc, clock.now)
  const local = new Cell<LocalState>({ at: 'saved' })
  const asked: number[] = []
  const room = {
    estimate: async () => null,
    persist: async () => {
      asked.push(clock.now())
      return 'refused' as const
    },
    isPersisted: async () => isPersisted,
  }
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  keepDeviceStorage({ board, local, room, memory, clock })
  const save = async () => {
    local.set({ at: 'saving' })
    local.set({ at: 'saved' })
    await clock.settle()
  }
  return { doc, board, clock, kept, asked, save }
}

describe('asking the browser to keep what is stored', () => {
  test('happens once, when something that the person drew was saved', async () => {
    const { board, asked, save } = rig()
    await save()
    expect(asked).toEqual([])
    board.transact([{ op: 'create', shape }])
    expect(asked).toEqual([])
    await save()
    await save()
    expect(asked).toHaveLength(1)
  })

  test('does not happen for what others drew', async () => {
    const { doc, asked, save } = rig()
    const other = new Y.Doc()
    new DocBoard(other).transact([{ op: 'create', shape }])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    await save()
    expect(asked).toEqual([])
  })

  test('does not happen where it is kept already, or was asked within the last month', async () => {
    const persisted = rig({ isPersisted: true })
    persisted.board.transact([{ op: 'create', shape }])
    await persisted.save()
    expect(persisted.asked).toEqual([])

    const first = rig()
    first.board.transact([{ op: 'create', shape }])
    await first.save()
    for (const [days, times] of [
      [29, 0],
      [31, 1],
    ] as const) {
      const later = rig({ kept: new Map(first.kept), clock: fakeClock(DAY * (1 + days)) })
      later.board.transact([{ op: 'create', shape }])
      await later.save()
      expect(later.asked).toHaveLength(times)
    }
  })
})
