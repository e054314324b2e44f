import * as v from 'valibot'
import { afterEach, expect, test, vi } from 'vitest'
import { DeviceMemory } from './device-memory.ts'
import { PersonKeys } from './person-keys.ts'
import { RecentColours } from './recent-colours.ts'

/** The device's storage, holding `entries`. */
function storageOf(entries: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('what was chosen is there on the next page, and listeners are told', () => {
  storageOf()
  const first = new DeviceMemory('size', v.number(), 1)
  let told = 0
  const stop = first.subscribe(() => (told += 1))
  first.set(3)
  stop()
  first.set(4)
  expect(told).toBe(1)
  expect(new DeviceMemory('size', v.number(), 1).value).toBe(4)
})

test('what is no JSON, or of another kind, is as if nothing had been chosen', () => {
  storageOf({ size: 'three', keys: '{"undo": "mod+z"}' })
  expect(new DeviceMemory('size', v.number(), 1).value).toBe(1)
  expect(new DeviceMemory('keys', v.record(v.string(), v.array(v.string())), {}).value).toEqual({})
})

test('without any storage a choice holds until the page closes', () => {
  const memory = new DeviceMemory('size', v.number(), 1)
  memory.set(2)
  expect(memory.value).toBe(2)
})

test('keys are given to one command and taken back from it alone', () => {
  storageOf()
  const keys = new PersonKeys()
  keys.give('undo', ['u'])
  keys.give('redo', [])
  keys.reset('undo')
  expect(new PersonKeys().value).toEqual({ redo: [] })
})

test('a row of colours is remembered, the newest first and each once', () => {
  storageOf()
  const colours = new RecentColours()
  for (const end of ['1', '2', '3', '4', '5', '6', '3']) colours.add(`#00000${end}`)
  expect(new RecentColours().value).toEqual(['#000003', '#000006', '#000005', '#000004', '#000002'])
})
