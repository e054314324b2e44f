import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { docOf } from './record.ts'
import { BOARD, testRelay, watchedLog, writer } from './room.testing.ts'
import { LIMITS, start, storedIn } from './snapshots.testing.ts'
import { WatchedSnapshots } from './watched-snapshots.testing.ts'

describe('starting and stopping', () => {
  test('boards whose newest changes no snapshot has are found at the start, with nobody on them', async () => {
    const { relay, clock, snapshots, log } = start()
    for (let board = 0; board < 20; board += 1) {
      const ann = relay.join({ board: `board-number-${board}` })
      ann.say({ type: 'update', update: writer().set('board', board) })
    }
    await relay.settle()
    relay.crash()
    const after = testRelay({ clock, log, snapshots, limits: LIMITS })
    await after.rooms.catchUp()
    expect(after.rooms.stats.unsnapshotted).toBe(20)
    await clock.settle(40_000)
    expect(await snapshots.memory.boards()).toHaveLength(20)
    expect(await storedIn(snapshots.memory, 'board-number-7')).toEqual({ board: 7 })
    expect([after.rooms.count, clock.waiting]).toEqual([0, 0])
  })

  test('a board that changed after its last snapshot is one of them, though the log was merged since', async () => {
    const { log, watch } = watchedLog()
    const { relay, clock, snapshots } = start({
      clock: watch.clock,
      log,
      limits: { snapshotBytes: 10_000_000 },
    })
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('first', 1) })
    await clock.settle(15_000)
    for (let at = 0; at < 4; at += 1) {
      ann.say({ type: 'update', update: ink.set(`page${at}`, `${at}`.repeat(200_000)) })
      await clock.settle(100)
    }
    expect([snapshots.count('put'), watch.settled]).toEqual([1, 1])
    expect(watch.compacted).toBeGreaterThan(0)
    relay.crash()
    const after = testRelay({ clock, log, snapshots, limits: LIMITS })
    await after.rooms.catchUp()
    await clock.settle(40_000)
    expect(await storedIn(snapshots.memory)).toEqual(ink.doc.getMap('meta').toJSON())
  })

  test('a change that came while a snapshot was being put outlives a crash right after it', async () => {
    const { relay, clock, snapshots, log } = start()
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('first', 1) })
    snapshots.delay = 500
    await clock.settle(10_700)
    ann.say({ type: 'update', update: ink.set('second', 2) })
    await clock.settle(2_000)
    expect(snapshots.count('remove')).toBe(1)
    relay.crash()
    const records = docOf(BOARD, (await log.open(BOARD)).records)
    expect(records.getMap('meta').toJSON()).toEqual({ first: 1, second: 2 })
  })

  test('a store that is new gets every board that the log has, as soon as it answers', async () => {
    const { relay, clock, log } = start()
    relay.join().say({ type: 'update', update: writer().set('title', 'Plan') })
    await clock.settle(15_000)
    expect((await log.open(BOARD)).log.isSettled).toBe(true)
    const fresh = new WatchedSnapshots(clock)
    fresh.fails = () => true
    const after = testRelay({ clock, log, snapshots: fresh, limits: LIMITS })
    await after.rooms.catchUp()
    await clock.settle(30_000)
    expect(after.warnings).toHaveLength(1)
    fresh.fails = () => false
    await clock.settle(120_000)
    expect(await storedIn(fresh.memory)).toEqual({ title: 'Plan' })
  })

  test('stopping acknowledges, closes everybody, then snapshots what the store lacks', async () => {
    const { relay, clock, snapshots } = start()
    const people = Array.from({ length: 40 }, (_, board) => relay.join({ board: `board-number-${board}` }))
    await relay.settle()
    for (const ann of people) ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    snapshots.delay = 100
    const closed = relay.rooms.close()
    await clock.settle(150)
    expect(
      people.every(ann => ann.closeCode === CLOSE.goingAway && ann.got('ack').at(-1)?.frames === 1),
    ).toBe(true)
    expect(relay.join().closeCode).toBe(CLOSE.goingAway)
    await clock.settle(5_000)
    await closed
    expect(await snapshots.memory.boards()).toHaveLength(40)
    expect(relay.rooms.count).toBe(0)
  })

  test.each([
    ['never answers', Number.POSITIVE_INFINITY, 10_100],
    ['refuses', 0, 100],
  ])(
    'stopping with a store that %s takes its time and no more, and loses nothing',
    async (_name, delay, within) => {
      const { relay, clock, snapshots, log } = start()
      const ann = relay.join()
      await relay.settle()
      ann.say({ type: 'update', update: writer().set('title', 'Plan') })
      await relay.settle()
      snapshots.delay = delay
      snapshots.fails = () => true
      const closed = relay.rooms.close()
      await clock.settle(within)
      await closed
      expect(relay.warnings.at(-1)).toBe('stopping with boards whose newest changes are only in DATA_DIR')
      const stored = await log.open(BOARD)
      expect(docOf(BOARD, stored.records).getMap('meta').toJSON()).toEqual({ title: 'Plan' })
      expect(stored.log.isSettled).toBe(false)
      await clock.settle(120_000)
      expect(clock.waiting).toBe(0)
    },
  )
})

describe('what people are told (rule 27)', () => {
  test('how many of their frames the snapshot holds, deletions too, stock clients apart, and who comes later at once', async () => {
    const { relay, clock } = start()
    const [ann, ben, stock] = [relay.join(), relay.join(), relay.join({ stock: true })]
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('title', 'Plan') })
    const before = Y.encodeStateVector(ink.doc)
    ink.doc.getMap('meta').delete('title')
    ann.say({ type: 'update', update: Y.encodeStateAsUpdate(ink.doc, before) })
    await clock.settle(9_000)
    expect(ann.got('snapshotted')).toEqual([])
    await clock.settle(2_000)
    const late = relay.join()
    await relay.settle()
    const stateVector = Y.encodeStateVector(ink.doc)
    expect(ann.got('snapshotted')).toEqual([{ type: 'snapshotted', frames: 2, stateVector }])
    expect(ben.got('snapshotted')).toEqual([{ type: 'snapshotted', frames: 0, stateVector }])
    expect(late.got('snapshotted')).toEqual([{ type: 'snapshotted', frames: 0, stateVector }])
    expect(stock.frames.map(frame => frame.type)).not.toContain('snapshotted')
  })

  test('at once, who brings nothing new to a board that is snapshotted, however it was opened', async () => {
    const { relay, clock, snapshots, log } = start()
    const ink = writer()
    relay.join().say({ type: 'update', update: ink.set('title', 'Plan') })
    await clock.settle(15_000)
    const withLog = testRelay({ clock, log, snapshots, limits: LIMITS })
    const withoutLog = testRelay({ clock, snapshots, limits: LIMITS })
    for (const again of [relay, withLog, withoutLog]) {
      const ann = again.join()
      await clock.settle(100)
      ann.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ink.doc) })
      await again.settle()
      expect(ann.got('snapshotted').at(-1)?.frames).toBe(1)
    }
    expect(snapshots.count('put')).toBe(1)
  })

  test('nothing of a snapshot that the store turns out not to have', async () => {
    const { relay, clock, log } = start()
    const ink = writer()
    relay.join().say({ type: 'update', update: ink.set('title', 'Plan') })
    await clock.settle(15_000)
    const elsewhere = new WatchedSnapshots(clock)
    elsewhere.fails = () => true
    const after = testRelay({ clock, log, snapshots: elsewhere, limits: LIMITS })
    const ann = after.join()
    ann.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ink.doc) })
    await clock.settle(15_000)
    expect(ann.got('snapshotted')).toEqual([])
    elsewhere.fails = () => false
    await clock.settle(60_000)
    expect(ann.got('snapshotted').at(-1)?.frames).toBe(1)
    expect(await storedIn(elsewhere.memory)).toEqual({ title: 'Plan' })
  })

  test('not of a change that came while the snapshot was being put', async () => {
    const { relay, clock, snapshots } = start()
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('first', 1) })
    snapshots.delay = 500
    await clock.settle(10_700)
    ann.say({ type: 'update', update: ink.set('second', 2) })
    await clock.settle(10)
    // The one under way and the one to come are of one board.
    expect([snapshots.underWay, relay.rooms.stats.unsnapshotted]).toEqual([1, 1])
    await clock.settle(1_490)
    expect(ann.got('snapshotted').map(({ frames }) => frames)).toEqual([1])
    expect(relay.rooms.stats.unsnapshotted).toBe(1)
    await clock.settle(20_000)
    expect(ann.got('snapshotted').map(({ frames }) => frames)).toEqual([1, 2])
    expect(await storedIn(snapshots.memory)).toEqual({ first: 1, second: 2 })
  })
})
