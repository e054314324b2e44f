import { beforeEach, expect, test } from 'vitest'
import { type FakeClock, fakeClock } from '../shared/testing/fake-clock.ts'
import { Health } from './health.ts'
import { MemoryLog } from './storage/memory-log.ts'
import { StorageError } from './storage/update-log.ts'

let clock: FakeClock
let logged: string[]
/** What each store says to a probe: null when it works. */
let faults: { log: string | null; objects: string | null }
let health: Health

beforeEach(() => {
  clock = fakeClock(1_000)
  logged = []
  faults = { log: null, objects: null }
  const log = new MemoryLog(clock)
  const note = (level: string) => (fields: object, message: string) =>
    logged.push(`${level} ${JSON.stringify(fields)} ${message}`)
  const failing = <T>(fault: string | null, work: () => Promise<T>) =>
    fault === null ? work() : Promise.reject(new StorageError(fault))
  health = new Health(
    { probe: () => failing(faults.log, () => log.probe()) },
    { probe: () => failing(faults.objects, async () => undefined) },
    clock,
    { info: note('info'), warn: note('warn'), error: note('error') },
  )
})

test('it is not ready before each store was reached, and is once they were', async () => {
  expect(health.readiness(false)).toEqual({
    ready: false,
    reasons: [
      'The log of changes has not been opened yet.',
      'The object store has not been reached since the start.',
    ],
    degraded: [],
  })
  health.start()
  await clock.settle()
  expect(health.readiness(false)).toEqual({ ready: true, reasons: [], degraded: [] })
})

test('an object store that never worked keeps it from being ready, however long, until it works', async () => {
  faults.objects = 'S3_BUCKET: there is no bucket "x".'
  health.start()
  await clock.settle(10 * 60_000)
  expect(health.readiness(false).reasons).toEqual(['The object store has not been reached since the start.'])
  faults.objects = null
  await clock.settle(5_000)
  expect(health.readiness(false).ready).toBe(true)
})

test('objects that fail later degrade it, and it stays ready: edits need the log alone', async () => {
  health.start()
  await clock.settle()
  faults.objects = 'refused'
  await clock.settle(30_000)
  expect(health.readiness(false)).toEqual({
    ready: true,
    reasons: [],
    degraded: ['The object store cannot be reached.'],
  })
  expect(health.stores.objects).toEqual({ at: 'down', reason: 'refused', since: 31_000 })
  expect(health.readiness(true).degraded).toContain('Snapshots cannot be stored.')
})

test('a log that fails later makes it not ready, and it is ready again when the log works', async () => {
  health.start()
  await clock.settle()
  faults.log = 'no space'
  await clock.settle(30_000)
  expect(health.readiness(false).reasons).toEqual(['The log of changes cannot be used.'])
  faults.log = null
  await clock.settle(5_000)
  expect(health.readiness(false).ready).toBe(true)
})

test('an outage of an hour is two lines in the log: its begin and its end', async () => {
  health.start()
  await clock.settle()
  faults.objects = 'refused'
  await clock.settle(60 * 60_000)
  faults.objects = null
  await clock.settle(30_000)
  expect(logged).toEqual([
    'error {"store":"objects","reason":"refused"} a store does not work',
    'info {"store":"objects"} a store works again',
  ])
})

test('a relay that stops is not ready, and when it has stopped nothing is left waiting', async () => {
  health.start()
  await clock.settle()
  health.stopping()
  expect(health.readiness(false).reasons).toEqual(['The relay is stopping.'])
  await health.stop()
  expect(clock.waiting).toBe(0)
})

test('a look that is under way when it stops leaves nothing behind', async () => {
  health.start()
  await health.stop()
  await clock.settle()
  expect(clock.waiting).toBe(0)
})
