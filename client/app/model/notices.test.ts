import { beforeEach, expect, test } from 'vitest'
import { fakeClock } from '../../../shared/testing/fake-clock.ts'
import { Notices } from './notices.ts'

let clock: ReturnType<typeof fakeClock>
let notices: Notices
const texts = () => notices.list.map(({ text }) => text)

beforeEach(() => {
  clock = fakeClock()
  notices = new Notices(clock)
})

test('an information goes by itself, an error stays until it is dismissed', () => {
  notices.info('Link copied.')
  notices.error('The disk is full.')
  clock.advance(60_000)
  expect(texts()).toEqual(['The disk is full.'])
  notices.dismiss(notices.list[0]?.id ?? -1)
  expect(texts()).toEqual([])
})

test('an offer stays until it is taken back', () => {
  const withdraw = notices.offer('A new version is ready.', { label: 'Update', run: () => {} })
  clock.advance(60_000)
  expect(texts()).toEqual(['A new version is ready.'])
  withdraw()
  expect(texts()).toEqual([])
})

test('a notice with an action leaves more time than one without', () => {
  notices.info('Link copied.')
  notices.info('Deleted.', { label: 'Undo', run: () => {} })
  clock.advance(6_000)
  expect(texts()).toEqual(['Deleted.'])
})

test('time stands still while the person points at a notice', () => {
  notices.info('Link copied.')
  notices.hold()
  clock.advance(60_000)
  expect(texts()).toEqual(['Link copied.'])
  notices.release()
  clock.advance(60_000)
  expect(texts()).toEqual([])
})

test('a notice that comes while the person points at another stays, too, and goes afterwards', () => {
  notices.hold()
  notices.info('Link copied.')
  clock.advance(60_000)
  expect(texts()).toEqual(['Link copied.'])
  notices.release()
  clock.advance(60_000)
  expect(texts()).toEqual([])
})

test('the same error is shown once', () => {
  notices.error('The disk is full.')
  notices.error('The disk is full.')
  expect(texts()).toEqual(['The disk is full.'])
})

test('many notices make the oldest information give way, and never an error', () => {
  notices.error('e')
  for (let i = 0; i < 10; i += 1) notices.info(`i${i}`)
  expect(texts()).toEqual(['e', 'i7', 'i8', 'i9'])
})

test('listeners hear of what comes and goes, and nothing after they stopped', () => {
  let heard = 0
  const stop = notices.subscribe(() => {
    heard += 1
  })
  const dismiss = notices.info('Link copied.')
  dismiss()
  expect(heard).toBe(2)
  dismiss()
  stop()
  notices.info('Another.')
  expect(heard).toBe(2)
})
