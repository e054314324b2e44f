import { expect, test } from 'vitest'
import { ago, type Status, statusPage } from './status-page.ts'

const NOW = 1_700_000_000_000

const WELL: Status = {
  version: '1.2.3',
  adapter: 'ws',
  node: '24.0.0',
  now: NOW,
  startedAt: NOW - 12_000_000,
  readiness: { ready: true, reasons: [], degraded: [] },
  readings: {
    connections: { sync: 1234, signal: 1100 },
    rooms: 87,
    sessions: 1234,
    queuedChanges: 0,
    unsnapshottedBoards: 0,
    snapshotLagSeconds: 0,
    stores: { log: 'up', objects: 'up' },
    ready: true,
  },
  stores: { log: { at: 'up' }, objects: { at: 'up' } },
  objectsAt: 'S3 bucket boards',
  lastSnapshotAt: NOW - 5_000,
  memory: 181 * 1024 * 1024,
}

/** The words of a page, without its marks and style. */
const words = (page: string): string =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

test('it tells a person how the relay is and what it does', () => {
  const text = words(statusPage(WELL))
  for (const fact of [
    'All is well.',
    'Connections to boards 1,234',
    'Boards in use 87',
    'S3 bucket boards works',
    'Last snapshot 5 s ago',
    'Running for 3 h 20 min',
    'Memory 181 MiB',
    'Version 1.2.3',
    'Runs on ws, Node 24.0.0',
  ]) {
    expect(text).toContain(fact)
  }
})

test('a store that fails is said with its reason and since when, and that edits are safe', () => {
  const text = words(
    statusPage({
      ...WELL,
      readiness: { ready: true, reasons: [], degraded: ['The object store cannot be reached.'] },
      readings: { ...WELL.readings, unsnapshottedBoards: 3, snapshotLagSeconds: 620 },
      stores: { log: { at: 'up' }, objects: { at: 'down', reason: 'refused', since: NOW - 620_000 } },
    }),
  )
  expect(text).toContain(
    'Serving, but not all is well. The object store cannot be reached. Edits are safe in the log.',
  )
  expect(text).toContain('failing for 10 min 20 s: refused')
  expect(text).toContain('Boards that wait for a snapshot 3, the oldest for 10 min 20 s')
})

test('a relay that is not ready says why', () => {
  const readiness = { ready: false, reasons: ['The relay is stopping.'], degraded: [] }
  expect(words(statusPage({ ...WELL, readiness }))).toContain('Not ready. The relay is stopping.')
})

test('what a store says cannot become a part of the page', () => {
  const reason = '<script>alert("x")</script> & more'
  const page = statusPage({ ...WELL, stores: { ...WELL.stores, log: { at: 'down', reason, since: NOW } } })
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more')
})

test('it needs nothing from elsewhere and no script', () => {
  expect(statusPage(WELL)).not.toMatch(/<script|<link|<img|src=|https?:/)
})

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h'],
  [90_000_000, '1 d 1 h'],
  [86_400_000 + 59_000, '1 d'],
])('%i ms are %s', (ms, words) => {
  expect(ago(ms)).toBe(words)
})
