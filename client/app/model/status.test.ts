import { expect, test } from 'vitest'
import { type SyncStatus, statusLine, statusRows } from './status.ts'

const status = (change: Partial<SyncStatus> = {}): SyncStatus => ({
  device: 'saved',
  peers: 0,
  relay: 'saved',
  online: true,
  ...change,
})

test('a change that this device could not save is told before everything else', () => {
  expect(statusLine(status({ device: 'failed', relay: 'refused', online: false }))).toEqual({
    tone: 'bad',
    text: 'Not saved on this device',
  })
})

test('saved is never said while this device is still writing', () => {
  for (const device of ['loading', 'saving'] as const) {
    expect(statusLine(status({ device })).text).not.toMatch(/saved/i)
    expect(statusLine(status({ device })).tone).toBe('busy')
  }
})

test('shared is said only once the relay has everything', () => {
  for (const relay of ['off', 'connecting', 'syncing', 'refused'] as const) {
    expect(statusLine(status({ relay })).text).not.toMatch(/shared/i)
  }
  expect(statusLine(status()).text).toMatch(/shared/i)
})

test('without a network nothing is alarming: the board is on this device', () => {
  expect(statusLine(status({ online: false, relay: 'connecting' }))).toEqual({
    tone: 'quiet',
    text: 'Offline, saved on this device',
  })
})

test('a relay that does not answer is said to be out of reach, and the board to be here', () => {
  expect(statusLine(status({ relay: 'off' })).text).toBe('Offline, saved on this device')
  expect(statusRows(status({ relay: 'off' })).at(-1)?.text).toMatch(/out of reach/i)
})

test('without a relay the people connected directly are counted', () => {
  expect(statusLine(status({ relay: 'connecting', peers: 2 })).text).toContain('2')
  expect(statusLine(status({ relay: 'off', peers: 1, online: false })).text).toContain('1')
})

test('the details name this device, the direct links and the relay, and why one failed', () => {
  const rows = statusRows(
    status({
      device: 'failed',
      deviceMessage: 'The disk is full.',
      relay: 'refused',
      relayMessage: 'Read only.',
    }),
  )
  expect(rows.map(({ place }) => place)).toEqual(['This device', 'Directly', 'Relay'])
  expect(rows.map(({ text }) => text)).toEqual([
    'The disk is full.',
    'Nobody is connected directly.',
    'Read only.',
  ])
})

test('one person is a person, two are people', () => {
  expect(statusRows(status({ peers: 1 }))[1]?.text).toContain('1 person')
  expect(statusRows(status({ peers: 2 }))[1]?.text).toContain('2 people')
})
