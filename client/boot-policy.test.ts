import { expect, test } from 'vitest'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { followPolicy, type PolicyMemory } from './boot-policy.ts'

function memoryWith(text?: string): PolicyMemory & { kept: string | null } {
  const memory = {
    kept: text ?? null,
    getItem: () => memory.kept,
    setItem(_name: string, value: string) {
      memory.kept = value
    },
  }
  return memory
}

const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status })
const silent = () => new Promise<Response>(() => {})
const REQUIRED = '{"vault":"required"}'

test('a first start waits for the answer, and keeps it', async () => {
  const memory = memoryWith()
  const { atStart, latest } = followPolicy(answering(REQUIRED), memory, fakeClock())
  expect(await atStart).toEqual({ vault: 'required' })
  expect(await latest).toEqual({ vault: 'required' })
  await expect(followPolicy(silent, memory, fakeClock()).atStart).resolves.toEqual({ vault: 'required' })
})

test('a first start without an answer goes on after two seconds, and keeps nothing', async () => {
  const [memory, clock] = [memoryWith(), fakeClock()]
  let isDecided = false
  const { atStart } = followPolicy(silent, memory, clock)
  void atStart.then(() => {
    isDecided = true
  })
  await clock.settle(1_999)
  expect(isDecided).toBe(false)
  await clock.settle(1)
  expect(await atStart).toEqual({ vault: 'optional' })
  expect(memory.kept).toBeNull()
})

test('later starts do not wait: the last answer counts, and the new one is for the next start', async () => {
  const memory = memoryWith('{"vault":"optional"}')
  const { atStart, latest } = followPolicy(answering(REQUIRED), memory, fakeClock())
  expect(await atStart).toEqual({ vault: 'optional' })
  expect(await latest).toEqual({ vault: 'required' })
  expect(JSON.parse(memory.kept ?? '')).toEqual({ vault: 'required' })
})

test.each([
  ['an error', answering(REQUIRED, 500)],
  ['a page instead of an answer', answering('<!doctype html>')],
  ['a word that this version does not know', answering('{"vault":"perhaps"}')],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
])('%s leaves the last known answer as it is', async (_what, ask) => {
  const memory = memoryWith(REQUIRED)
  const { atStart, latest } = followPolicy(ask, memory, fakeClock())
  expect(await latest).toBeNull()
  expect(await atStart).toEqual({ vault: 'required' })
  expect(memory.kept).toBe(REQUIRED)
})

test('a browser that keeps nothing, or holds something broken, asks at each start', async () => {
  const forbidden: PolicyMemory = {
    getItem() {
      throw new DOMException('No storage.', 'SecurityError')
    },
    setItem() {
      throw new DOMException('No storage.', 'SecurityError')
    },
  }
  for (const memory of [forbidden, null, memoryWith('{')]) {
    expect(await followPolicy(answering(REQUIRED), memory, fakeClock()).atStart).toEqual({
      vault: 'required',
    })
  }
})
