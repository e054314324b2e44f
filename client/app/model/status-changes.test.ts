import { expect, test } from 'vitest'
import { agoText, type Change, changeMarks, changeText, whereText } from './status-changes.ts'

const change = (more: Partial<Change> = {}): Change => ({
  id: 1,
  at: 0,
  what: 'added',
  shapes: ['a'],
  device: false,
  peers: 0,
  relay: false,
  snapshot: false,
  ...more,
})

test('a change is told by what it did, to one shape or to many', () => {
  expect(changeText(change())).toBe('Added a shape')
  expect(changeText(change({ what: 'removed', shapes: ['a', 'b', 'c'] }))).toBe('Removed 3 shapes')
})

test('no place is named that has not confirmed', () => {
  expect(whereText(change())).toBe('Only in this tab so far.')
  expect(whereText(change({ device: true }))).toBe('Kept on this device.')
  expect(whereText(change({ device: true, peers: 2, relay: true }))).toBe(
    'Kept on this device, with 2 peers and on the relay.',
  )
  expect(changeMarks(change({ device: true, peers: 2 })).map(({ isThere }) => isThere)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test.each([
  [-50, 'just now'],
  [2_999, 'just now'],
  [12_400, '12 s ago'],
  [59_999, '59 s ago'],
  [61_000, '1 min ago'],
  [7_300_000, '2 h ago'],
])('%i ms are %s', (ms, text) => {
  expect(agoText(ms)).toBe(text)
})
