import { expect, test } from 'vitest'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { Cell } from '../shared/util/readable.ts'
import { Notices } from './app/model/notices.ts'
import { tellListTrouble } from './list-trouble.ts'
import { EVICTED } from './sync/device-database.ts'
import type { LocalState } from './sync/local-store.ts'

const full: LocalState = { at: 'failed', reason: 'quota', message: 'The disk is full.' }
const aborted: LocalState = { at: 'failed', reason: 'aborted', message: 'The disk failed.' }
const gone: LocalState = { at: 'failed', reason: 'evicted', message: 'The browser deleted it.' }

test('what is wrong with the list of boards is told, only the latest of it, and until it is saved again', () => {
  const stored = new Cell<LocalState>({ at: 'loading' })
  const notices = new Notices(fakeClock())
  const told = () => notices.list.map(({ text }) => text)
  tellListTrouble(stored, notices)
  stored.set(full)
  expect(told()).toEqual(['The list of boards is not saved. The disk is full.'])
  stored.set({ at: 'saving' })
  stored.set(aborted)
  expect(told()).toEqual(['The list of boards is not saved. The disk failed.'])
  stored.set({ at: 'saving' })
  expect(told()).toHaveLength(1)
  stored.set({ at: 'saved' })
  expect(told()).toEqual([])
})

test('that the browser deleted everything stays told, though it was stored anew within a moment', () => {
  const stored = new Cell<LocalState>({ at: 'saved' })
  const notices = new Notices(fakeClock())
  tellListTrouble(stored, notices)
  stored.set(full)
  stored.set(gone)
  stored.set({ at: 'saved' })
  expect(notices.list.map(({ text }) => text)).toEqual([EVICTED])
})
