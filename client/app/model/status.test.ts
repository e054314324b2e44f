import { expect, test } from 'vitest'
import { type SyncStatus, statusLine } from './status.ts'
import { statusRows } from './status-rows.ts'

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
  expect(statusRows(status({ relay: 'off' }))[2]?.text).toMatch(/out of reach/i)
})

test('without a relay the people connected directly are counted', () => {
  expect(statusLine(status({ relay: 'connecting', peers: 2 })).text).toContain('2')
  expect(statusLine(status({ relay: 'off', peers: 1, online: false })).text).toContain('1')
})

test('the details name this device, the peers, the relay and its snapshot, and why one failed', () => {
  const rows = statusRows(
    status({
      device: 'failed',
      deviceMessage: 'The disk is full.',
      relay: 'refused',
      refusal: { code: 4413, reason: 'There are 100,001 shapes.', where: '' },
    }),
  )
  expect(rows.map(({ place }) => place)).toEqual(['This device', 'Peers', 'Relay', 'Snapshot'])
  expect(rows.map(({ text }) => text)).toEqual([
    'The disk is full.',
    'Nobody is connected directly.',
    expect.stringContaining('There are 100,001 shapes.'),
    expect.any(String),
  ])
})

test('one person is a person, two are people', () => {
  expect(statusRows(status({ peers: 1 }))[1]?.text).toContain('1 person')
  expect(statusRows(status({ peers: 2 }))[1]?.text).toContain('2 people')
})

test('who only looks is never told that changes are sent or shared, and is told when some stay behind', () => {
  for (const relay of ['off', 'connecting', 'syncing', 'saved'] as const) {
    const shown = status({ relay, viewOnly: true })
    const words = [statusLine(shown).text, statusRows(shown)[2]?.text].join(' ')
    expect(words).not.toMatch(/sent|sending|shared|your (latest )?change/i)
  }
  const kept = status({ viewOnly: true, keepsBack: true })
  expect(statusLine(kept).text).toMatch(/stay on this device/)
  expect(statusRows(kept)[2]?.text).toMatch(/kept on this device/)
})

test('who may edit and whose changes stay behind is told that the relay is the one to be updated', () => {
  const kept = status({ viewOnly: false, keepsBack: true })
  expect(statusLine(kept).text).toMatch(/stay on this device/)
  expect(statusRows(kept)[2]?.text).toMatch(/until the relay is updated/)
})

test('a relay that waits for the owner says so until it answers again', () => {
  expect(statusLine(status({ relay: 'off', pause: 4504 })).text).toBe('Waiting for the owner')
  expect(statusRows(status({ relay: 'off', pause: 4504 }))[2]?.text).toMatch(/owner's device/)
  expect(statusLine(status({ relay: 'saved', pause: 4504 })).text).toBe('Saved and shared')
})

test('all is said to be in a snapshot only when it is, and not to who only looks', () => {
  expect(statusRows(status())[3]).toMatchObject({ place: 'Snapshot', tone: 'quiet' })
  expect(statusRows(status({ inSnapshot: true }))[3]).toMatchObject({ place: 'Snapshot', tone: 'good' })
  expect(statusRows(status({ inSnapshot: true, relay: 'off' }))[3]?.tone).toBe('quiet')
  expect(statusRows(status({ viewOnly: true }))).toHaveLength(3)
})

test('peers are said to hold every change only once each of them has said so', () => {
  const peersText = (peers: number, holders: number) => statusRows(status({ peers, holders }))[1]?.text
  expect(peersText(2, 1)).toBe('Connected directly with 2 people; 1 has every change of yours so far.')
  expect(peersText(2, 2)).toMatch(/both of whom have every change/)
  expect(statusRows(status({ peers: 2, holders: 0 }))[1]?.tone).toBe('busy')
})
