import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { MemoryLog } from './memory-log.ts'
import { updateLogContract } from './update-log.contract.ts'

updateLogContract('the memory log', async () => {
  const log = new MemoryLog(systemClock)
  return {
    log,
    reopen: async () => {
      await log.close()
      return log
    },
    remove: async () => undefined,
  }
})

test('a crash forgets what was not durable yet and never resolves it', async () => {
  const clock = fakeClock()
  const log = new MemoryLog(clock, 5)
  const before = await log.open('board')
  let resolved = 0
  const count = () => {
    resolved += 1
  }
  void before.log.append(Uint8Array.of(1)).then(count)
  await clock.settle(5)
  void before.log.append(Uint8Array.of(2)).then(count)
  log.crash()
  await clock.settle(50)
  expect(resolved).toBe(1)
  expect((await log.open('board')).records).toEqual([Uint8Array.of(1)])
})
