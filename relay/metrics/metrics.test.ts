import { beforeEach, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { createMetrics } from './metrics.ts'
import type { Readings } from './readings.ts'

const CALM: Readings = {
  connections: { sync: 0, signal: 0 },
  rooms: 0,
  sessions: 0,
  queuedChanges: 0,
  unsnapshottedBoards: 0,
  snapshotLagSeconds: 0,
  stores: { log: 'up', objects: 'up' },
  ready: true,
}

let now: Readings
const make = () =>
  createMetrics({
    clock: fakeClock(5_000),
    version: '1.2.3',
    adapter: () => 'ws',
    connectionLimit: 20_000,
    readings: () => now,
  })

beforeEach(() => {
  now = CALM
})

/** Every series of an exposition with its value. Throws at a line that is neither a comment nor a sample. */
function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map(line => {
      // The event loop's figures are no numbers before the first was taken.
      const sample = /^([a-z_0-9]+(?:\{[^{}]*\})?) (Nan|[-+.0-9e]+)$/.exec(line)
      if (!sample) throw new Error(`Not a sample: ${line}`)
      return [sample[1] as string, Number(sample[2])]
    }),
  )
}

test('each event moves its own series, and no other of ours', async () => {
  const metrics = make()
  const ours = async () =>
    new Map([...samples(await metrics.text())].filter(([series]) => series.startsWith('driftboard_')))
  const moved = async (event: () => void) => {
    const before = await ours()
    event()
    const after = await ours()
    const changed = [...after].filter(([series, value]) => before.get(series) !== value)
    return Object.fromEntries(changed.filter(([series]) => !series.includes('_bucket{')))
  }
  expect(await moved(() => metrics.tick(0.5, 3, 70))).toEqual({
    driftboard_tick_seconds_count: 1,
    driftboard_tick_seconds_sum: 0.5,
    driftboard_updates_total: 3,
    driftboard_update_bytes_total: 70,
  })
  expect(await moved(() => metrics.validated(0.25))).toEqual({
    driftboard_validation_seconds_count: 1,
    driftboard_validation_seconds_sum: 0.25,
  })
  expect(await moved(() => metrics.appended(0.125))).toEqual({
    driftboard_append_seconds_count: 1,
    driftboard_append_seconds_sum: 0.125,
  })
  expect(await moved(() => metrics.appendFailed())).toEqual({ driftboard_append_failures_total: 1 })
  expect(await moved(() => metrics.received(40))).toEqual({
    driftboard_received_frames_total: 1,
    driftboard_received_bytes_total: 40,
  })
  expect(await moved(() => metrics.sent(50, 3))).toEqual({
    driftboard_sent_frames_total: 3,
    driftboard_sent_bytes_total: 150,
  })
  expect(await moved(() => metrics.presenceDropped())).toEqual({ driftboard_presence_dropped_total: 1 })
  expect(await moved(() => metrics.snapshotted(1, 900, 12))).toEqual({
    driftboard_snapshot_seconds_count: 1,
    driftboard_snapshot_seconds_sum: 1,
    driftboard_snapshot_bytes_total: 900,
    driftboard_snapshot_age_seconds_count: 1,
    driftboard_snapshot_age_seconds_sum: 12,
  })
  expect(await moved(() => metrics.snapshotFailed())).toEqual({ driftboard_snapshot_failures_total: 1 })
  expect(await moved(() => metrics.closed(CLOSE.tooFast))).toEqual({
    'driftboard_closes_total{code="4509",reason="tooFast"}': 1,
  })
})

test('every close code is a series before the first client is closed with it', async () => {
  const found = samples(await make().text())
  for (const [reason, code] of Object.entries(CLOSE)) {
    expect(found.get(`driftboard_closes_total{code="${code}",reason="${reason}"}`)).toBe(0)
  }
})

test('readings are those of the scrape, not of the start', async () => {
  const metrics = make()
  now = {
    connections: { sync: 5, signal: 4 },
    rooms: 2,
    sessions: 5,
    queuedChanges: 7,
    unsnapshottedBoards: 1,
    snapshotLagSeconds: 33,
    stores: { log: 'up', objects: 'down' },
    ready: false,
  }
  const found = samples(await metrics.text())
  expect(
    Object.fromEntries(
      [
        'build_info{version="1.2.3",adapter="ws"}',
        'connection_limit',
        'connections{endpoint="sync"}',
        'connections{endpoint="signal"}',
        'rooms',
        'sessions',
        'queued_changes',
        'unsnapshotted_boards',
        'snapshot_lag_seconds',
        'store_up{store="log"}',
        'store_up{store="objects"}',
        'ready',
      ].map(name => [name, found.get(`driftboard_${name}`)]),
    ),
  ).toEqual({
    'build_info{version="1.2.3",adapter="ws"}': 1,
    connection_limit: 20_000,
    'connections{endpoint="sync"}': 5,
    'connections{endpoint="signal"}': 4,
    rooms: 2,
    sessions: 5,
    queued_changes: 7,
    unsnapshotted_boards: 1,
    snapshot_lag_seconds: 33,
    'store_up{store="log"}': 1,
    'store_up{store="objects"}': 0,
    ready: 0,
  })
})

test('the event loop and the process are there too', async () => {
  const found = samples(await make().text())
  expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(0)
  expect(found.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
})

test('two relays in one process count apart', async () => {
  const [one, other] = [make(), make()]
  one.received(10)
  expect(samples(await one.text()).get('driftboard_received_frames_total')).toBe(1)
  expect(samples(await other.text()).get('driftboard_received_frames_total')).toBe(0)
})

test('the time of the last snapshot is kept, and is none before the first', () => {
  const metrics = make()
  expect(metrics.lastSnapshotAt).toBe(null)
  metrics.snapshotted(1, 2, 3)
  expect(metrics.lastSnapshotAt).toBe(5_000)
})
