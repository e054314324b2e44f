import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { iceServers, TURN_LIFETIME } from './ice.ts'

const clock = fakeClock(1_700_000_000_500)
const urls = ['turn:a.example:3478']

test('nothing set names no server, so that no browser contacts one', () => {
  expect(iceServers({ stunUrls: [], turn: null }, clock)).toEqual([])
})

test('STUN goes before TURN, and TURN without credentials has none', () => {
  expect(
    iceServers({ stunUrls: ['stun:b.example'], turn: { urls, credentials: { at: 'none' } } }, clock),
  ).toEqual([{ urls: ['stun:b.example'] }, { urls }])
})

test('fixed credentials are handed on as they are', () => {
  const credentials = { at: 'fixed', username: 'ann', credential: 'pass' } as const
  expect(iceServers({ stunUrls: [], turn: { urls, credentials } }, clock)).toEqual([
    { urls, username: 'ann', credential: 'pass' },
  ])
})

test('with a secret the name expires a day from now, and the password is its HMAC-SHA-1 as coturn works it out', () => {
  const secret = 'shared with the TURN server'
  const [server] = iceServers(
    { stunUrls: [], turn: { urls, credentials: { at: 'expiring', secret } } },
    clock,
  )
  const username = `${1_700_000_000 + TURN_LIFETIME}:driftboard`
  expect(server).toEqual({
    urls,
    username,
    credential: createHmac('sha1', secret).update(username).digest('base64'),
  })
})
