import { expect, test } from 'vitest'
import { disturbed, failureOf } from './indexeddb-failure.ts'

const error = () =>
  Object.assign(new Error('An operation that depends on state cached in an interface object was made.'), {
    name: 'InvalidStateError',
  })

test('storage that cannot be opened at all is none, and storage that worked before is disturbed by its disk', () => {
  const first = failureOf(error(), 'unavailable')
  expect(first.message).toContain('gives the site no storage')
  for (const later of [disturbed(error()), disturbed(first)]) {
    expect(later.reason).toBe('aborted')
    expect(later.message).toMatch(/it is tried again\. \(An operation/)
  }
})

test('what says better what went wrong keeps saying it', () => {
  const quota = Object.assign(new Error('no room'), { name: 'QuotaExceededError' })
  expect(disturbed(quota).reason).toBe('quota')
})
