import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import type { Gate } from './gate.ts'
import { docOf } from './record.ts'
import { BOARD, watchedLog, writer } from './room.testing.ts'
import { start, stateOf, storedIn } from './snapshots.testing.ts'

describe('a store that fails', () => {
  test('touches no edit, is told of once, is asked ever more rarely, and gets everything when it is back', async () => {
    let failures = 0
    const metrics = {
      snapshotFailed() {
        failures += 1
      },
    }
    const { relay, clock, snapshots } = start({ metrics, limits: { idleEvictMs: 5_000 } })
    const people = Array.from({ length: 50 }, (_, board) => relay.join({ board: `board-number-${board}` }))
    await relay.settle()
    snapshots.fails = () => true
    for (const ann of people) ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(people.map(ann => ann.got('ack').at(-1)?.frames)).toEqual(people.map(() => 1))
    for (const ann of people.slice(10)) ann.leave()
    await clock.settle(60 * 60_000)
    expect(failures).toBe(snapshots.count('list') - 50)
    expect(failures).toBeGreaterThan(60)
    expect(failures).toBeLessThan(130)
    expect(relay.warnings).toEqual(['a snapshot cannot be stored; the log keeps everything; trying again'])
    expect(relay.rooms.stats).toMatchObject({ unsnapshotted: 50, snapshotsFail: true })
    expect(relay.rooms.stats.rooms).toBeLessThanOrEqual(11)
    expect(people.slice(0, 10).every(ann => ann.closeCode === null)).toBe(true)
    snapshots.fails = () => false
    await clock.settle(200_000)
    expect(await snapshots.memory.boards()).toHaveLength(50)
    expect(relay.rooms.stats).toMatchObject({ unsnapshotted: 0, snapshotsFail: false, rooms: 10 })
    expect(relay.warnings).toHaveLength(1)
  })

  test('for one board, whose snapshot is damaged, fails that board alone, and the damaged one stays as it is', async () => {
    const { relay, clock, snapshots } = start()
    const [ann, ben] = [relay.join(), relay.join({ board: 'board-next-door-1' })]
    await relay.settle()
    const damaged = await snapshots.memory.put(BOARD, Uint8Array.of(1, 2, 3))
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    ben.say({ type: 'update', update: writer().set('title', 'Plan') })
    await clock.settle(300_000)
    expect(await storedIn(snapshots.memory, 'board-next-door-1')).toEqual({ title: 'Plan' })
    expect(await snapshots.memory.list(BOARD)).toEqual([damaged])
    expect([ann.closeCode, ann.got('ack').at(-1)?.frames]).toEqual([null, 1])
    expect(relay.warnings).toHaveLength(1)
    ben.say({ type: 'update', update: writer().set('more', 1) })
    await clock.settle(15_000)
    expect(await storedIn(snapshots.memory, 'board-next-door-1')).toHaveProperty('more')
  })

  test.each(['list', 'put', 'retain', 'remove'])(
    'in the middle, at %s, leaves nothing less, and the next attempt ends it',
    async call => {
      const { relay, clock, snapshots } = start()
      await snapshots.memory.put(BOARD, stateOf({ there: 1 }))
      const ann = relay.join()
      await relay.settle()
      let isDown = true
      snapshots.fails = made => isDown && made === call
      ann.say({ type: 'update', update: writer().set('here', 1) })
      await clock.settle(11_000)
      expect(await storedIn(snapshots.memory)).toHaveProperty('there')
      isDown = false
      await clock.settle(61_000)
      expect(await storedIn(snapshots.memory)).toEqual({ here: 1, there: 1 })
      expect(await snapshots.memory.list(BOARD)).toHaveLength(1)
      expect(relay.rooms.stats).toMatchObject({ unsnapshotted: 0, snapshotsFail: false })
    },
  )
})

describe('a board that is loaded again while it is snapshotted, since a change broke its document', () => {
  /** A gate that lets through what breaks the document, the first time after `arm`. */
  function careless() {
    let isArmed = false
    const torn = () => {
      throw new Error('Torn.')
    }
    const gate: Gate = {
      admit(doc) {
        if (isArmed) doc.once('beforeObserverCalls', torn)
        isArmed = false
        return true
      },
    }
    const arm = () => {
      isArmed = true
    }
    return { gate, arm }
  }

  test('keeps what was acknowledged since, and is snapshotted whole', async () => {
    const { gate, arm } = careless()
    const { relay, clock, snapshots, log } = start({ gate })
    const [ann, mallory] = [relay.join(), relay.join()]
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('first', 1) })
    snapshots.delay = 500
    await clock.settle(10_700)
    arm()
    mallory.say({ type: 'update', update: writer().set('poison', 1) })
    await relay.settle()
    ann.say({ type: 'update', update: ink.set('second', 2) })
    // Until the snapshot that was under way has done all that it would.
    await clock.settle(1_600)
    expect([mallory.closeCode, ann.got('ack').at(-1)?.frames]).toEqual([CLOSE.malformed, 2])
    const records = async () =>
      docOf(BOARD, (await log.open(BOARD)).records)
        .getMap('meta')
        .toJSON()
    expect(await records()).toEqual({ first: 1, second: 2 })
    await clock.settle(30_000)
    expect(await records()).toEqual({ first: 1, second: 2 })
    expect(await storedIn(snapshots.memory)).toEqual({ first: 1, second: 2 })
    expect(await snapshots.memory.list(BOARD)).toHaveLength(1)
  })

  test('logs what another relay snapshotted once, through the log that is in use', async () => {
    const { gate, arm } = careless()
    const { log, watch } = watchedLog()
    const { relay, clock, snapshots } = start({ clock: watch.clock, log, gate })
    const [ann, mallory] = [relay.join(), relay.join()]
    await relay.settle()
    await snapshots.memory.put(BOARD, stateOf({ there: 1 }))
    ann.say({ type: 'update', update: writer().set('here', 1) })
    snapshots.delay = 500
    await clock.settle(10_700)
    arm()
    mallory.say({ type: 'update', update: writer().set('poison', 1) })
    await clock.settle(30_000)
    expect(mallory.closeCode).toBe(CLOSE.malformed)
    expect(watch.appended).toHaveLength(2)
    expect(await storedIn(snapshots.memory)).toEqual({ here: 1, there: 1 })
  })
})
