import { expect, test } from 'vitest'
import { decodeAwareness, encodeAwareness } from '../../shared/protocol/awareness.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { PRESENCE_TIMEOUT } from './presence.ts'
import { BOARD, NOTHING, testRelay, writer } from './room.testing.ts'
import { WatchedSnapshots } from './watched-snapshots.testing.ts'

const HOUR = 60 * 60 * 1000
const START = 1_700_000_000_000

/** A relay whose wall clock is set to another time after `first`, by somebody or by NTP. */
function relayWhoseClockJumps(by: number) {
  const clock = fakeClock(START)
  const snapshots = new WatchedSnapshots(clock)
  let off = 0
  const limits = { snapshotAfterMs: 10_000, messagesPerSecond: 10 }
  const relay = testRelay({ clock, snapshots, limits, wallClockOff: () => off })
  return {
    relay,
    clock,
    snapshots,
    jump: () => {
      off = by
    },
  }
}

const here = (client: number) => encodeAwareness([{ client, clock: 1, state: '{}' }])

test.each([-HOUR, HOUR])(
  'somebody silent vanishes on time, and nobody earlier, when the wall clock jumps by %i ms',
  async by => {
    const { relay, clock, jump } = relayWhoseClockJumps(by)
    const [ann, ben] = [relay.join(), relay.join()]
    ann.say({ type: 'awareness', update: here(1) })
    await clock.settle(1_000)
    jump()
    await clock.settle(PRESENCE_TIMEOUT - 5_000)
    expect(ben.got('awareness')).toHaveLength(1)
    await clock.settle(10_000)
    const last = ben.got('awareness').at(-1)
    expect(last && decodeAwareness(last.update)).toEqual([{ client: 1, clock: 1, state: 'null' }])
  },
)

test.each([-HOUR, HOUR])('boards are snapshotted on time when the wall clock jumps by %i ms', async by => {
  const { relay, clock, snapshots, jump } = relayWhoseClockJumps(by)
  const ann = relay.join()
  await relay.settle()
  ann.say({ type: 'update', update: writer().set('title', 'Plan') })
  await clock.settle(1_000)
  jump()
  expect(relay.rooms.stats.snapshotLagSeconds).toBeCloseTo(1, 0)
  await clock.settle(8_000)
  expect(snapshots.count('put')).toBe(0)
  await clock.settle(2_000)
  expect(snapshots.count('put')).toBe(1)
  ann.leave()
  await clock.settle(60_000)
  expect([relay.rooms.count, clock.waiting]).toEqual([0, 0])
})

test.each([-HOUR, HOUR])(
  'a grant lasts as long as it had left, though the wall clock jumps by %i ms',
  async by => {
    const { relay, clock, jump } = relayWhoseClockJumps(by)
    const ann = relay.join({ grant: { expiresAt: START + 60_000 } })
    await clock.settle(1_000)
    jump()
    await clock.settle(58_000)
    expect(ann.closeCode).toBe(null)
    await clock.settle(2_000)
    expect(ann.closeCode).toBe(CLOSE.revoked)
  },
)

test.each([-HOUR, HOUR])(
  'who keeps to the rates is not closed, and questions are answered, when the wall clock jumps by %i ms',
  async by => {
    const { relay, clock, jump } = relayWhoseClockJumps(by)
    const [ann, mallory] = [relay.join(), relay.join()]
    await clock.settle(1_000)
    jump()
    const ink = writer()
    for (let second = 0; second < 30; second += 1) {
      ann.say({ type: 'syncStep1', stateVector: NOTHING })
      for (let at = 0; at < 9; at += 1) ann.say({ type: 'update', update: ink.set('at', at) })
      await clock.settle(1_000)
    }
    for (let at = 0; at < 41; at += 1) mallory.say({ type: 'queryAwareness' })
    expect([ann.closeCode, mallory.closeCode]).toEqual([null, CLOSE.tooFast])
    expect(ann.got('syncStep2').length).toBeGreaterThan(25)
  },
)

test('a revocation is remembered for its time when the wall clock is set back', async () => {
  const { relay, clock, jump } = relayWhoseClockJumps(-HOUR)
  relay.rooms.revoke(BOARD, 1)
  jump()
  expect(relay.join({ grant: { epoch: 0 } }).closeCode).toBe(CLOSE.revoked)
  await clock.settle(120_000)
  expect(clock.waiting).toBe(0)
})
