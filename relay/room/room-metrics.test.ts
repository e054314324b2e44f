import { expect, test } from 'vitest'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import type { UpdateLog } from '../storage/update-log.ts'
import { NOTHING, testRelay, watchedLog, writer } from './room.testing.ts'
import { WatchedSnapshots } from './watched-snapshots.testing.ts'

/** A relay that writes down what it tells its metrics. */
function measured(log?: UpdateLog) {
  const told: { [M in keyof RelayMetrics]: Parameters<RelayMetrics[M]>[] } = {
    tick: [],
    validated: [],
    appended: [],
    appendFailed: [],
    received: [],
    sent: [],
    presenceDropped: [],
    closed: [],
    snapshotted: [],
    snapshotFailed: [],
  }
  const metrics: RelayMetrics = {
    tick: (...values) => void told.tick.push(values),
    validated: (...values) => void told.validated.push(values),
    appended: (...values) => void told.appended.push(values),
    appendFailed: (...values) => void told.appendFailed.push(values),
    received: (...values) => void told.received.push(values),
    sent: (...values) => void told.sent.push(values),
    presenceDropped: (...values) => void told.presenceDropped.push(values),
    closed: (...values) => void told.closed.push(values),
    snapshotted: (...values) => void told.snapshotted.push(values),
    snapshotFailed: (...values) => void told.snapshotFailed.push(values),
  }
  const clock = fakeClock()
  const snapshots = new WatchedSnapshots(clock)
  const limits = { congestedBytes: 1_000, snapshotAfterMs: 10_000 }
  const relay = testRelay({ clock, snapshots, metrics, limits, log: log ?? new MemoryLog(clock, 250) })
  return { relay, clock, snapshots, told }
}

test('bytes received and sent are those of the frames that went over the sockets', async () => {
  const { relay, told } = measured()
  const people = [relay.join(), relay.join(), relay.join({ stock: true })]
  for (const person of people) person.say({ type: 'syncStep1', stateVector: NOTHING })
  await relay.settle()
  people[0]?.say({ type: 'update', update: writer().set('title', 'Plan') })
  people[1]?.say({ type: 'awareness', update: encodeAwareness([{ client: 1, clock: 1, state: '{}' }]) })
  await relay.clock.settle(1_000)
  const over = people.reduce((sum, person) => sum + person.bytes, 0)
  expect(told.sent.reduce((sum, [bytes, sockets]) => sum + bytes * sockets, 0)).toBe(over)
  expect(told.received).toHaveLength(5)
})

test('a tick is told with its updates and bytes, an append with the time until it is durable', async () => {
  const { relay, told } = measured()
  const [ann, ben] = [relay.join(), relay.join()]
  await relay.settle()
  const [one, two] = [writer().set('one', 1), writer().set('two', 2)]
  ann.say({ type: 'update', update: one })
  ben.say({ type: 'update', update: two })
  expect(relay.rooms.stats).toMatchObject({ rooms: 1, sessions: 2, queued: 2 })
  await relay.clock.settle(200)
  expect(told.tick.map(([, updates, bytes]) => [updates, bytes])).toEqual([[2, one.length + two.length]])
  expect(told.appended).toEqual([])
  await relay.clock.settle(100)
  expect(told.appended).toHaveLength(1)
  expect(told.appended[0]?.[0]).toBeCloseTo(0.25)
})

test('an append that fails is told, and is none that was made durable', async () => {
  const { log, watch } = watchedLog()
  const { relay, told } = measured(log)
  const ann = relay.join()
  await relay.settle()
  watch.failAppend = true
  ann.say({ type: 'update', update: writer().set('one', 1) })
  await relay.settle()
  expect([told.appended.length, told.appendFailed.length]).toEqual([0, 1])
})

test('each client that is closed is told once with its code, and one that leaves by itself is not', async () => {
  const { relay, told } = measured()
  const [ann, ben, mallory] = [relay.join(), relay.join(), relay.join()]
  await relay.settle()
  mallory.sayBytes(Uint8Array.of(99))
  mallory.leave()
  ann.leave()
  const closing = relay.rooms.close()
  await relay.clock.settle(100)
  await closing
  ben.leave()
  expect(told.closed).toEqual([[CLOSE.malformed], [CLOSE.goingAway]])
})

test('presence that a slow socket does not get is told once for each time that it falls behind', async () => {
  const { relay, told } = measured()
  const slow = relay.join()
  await relay.clock.settle(1_000)
  for (const waiting of [2_000, 3_000, 0, 2_000]) {
    slow.waiting = waiting
    slow.session.drained()
    await relay.clock.settle(1_000)
  }
  expect(told.presenceDropped).toHaveLength(2)
})

test('a snapshot is told with its bytes and how long its oldest change had waited, a failure each time', async () => {
  const { relay, clock, snapshots, told } = measured()
  const ann = relay.join()
  await relay.settle()
  snapshots.fails = () => true
  ann.say({ type: 'update', update: writer().set('page', 'x'.repeat(1_000)) })
  await clock.settle(10_200)
  expect(told.snapshotFailed).toHaveLength(1)
  snapshots.fails = () => false
  await clock.settle(5_000)
  const [[, bytes = 0, lag = 0] = []] = told.snapshotted
  expect(told.snapshotted).toHaveLength(1)
  expect(bytes).toBeGreaterThan(1_000)
  expect(lag).toBeGreaterThan(10)
  expect(lag).toBeLessThan(12)
})
