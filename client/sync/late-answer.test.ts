import { expect, test } from 'vitest'
import { ignoreLateAnswers } from './late-answer.ts'

function reported(reason: unknown): boolean {
  const failures = new EventTarget()
  ignoreLateAnswers(failures)
  return failures.dispatchEvent(
    Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason }),
  )
}

test('an answer for a connection that is gone is not reported as a failure of the page', () => {
  const conns = new Map<string, { glareToken: unknown }>()
  let reason: unknown
  try {
    // What y-webrtc does.
    const conn = conns.get('gone') as { glareToken: unknown }
    conn.glareToken = undefined
  } catch (error) {
    reason = error
  }
  expect(reported(reason)).toBe(false)
})

test('every other failure still is', () => {
  expect(reported(new TypeError('Cannot read properties of undefined'))).toBe(true)
  expect(reported('glareToken')).toBe(true)
})
