import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ROOM_LIMITS } from '../../relay/room/seams.ts'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { verdictOn } from './outgoing.ts'

const SELF = (client: number) => client === 7

const hello = (role: Role, limits: Partial<RelayLimits> = {}): Hello => ({
  role,
  epoch: 0,
  schema: SCHEMA_VERSION,
  limits: { ...ROOM_LIMITS, ...limits },
  iceServers: [],
  mesh: null,
})

const doc = new Y.Doc()
doc.getMap('shapes').set('a', 'kept')
doc.getMap('shapes').set('b', 'removed')
doc.getMap('shapes').delete('b')
const whole = Y.encodeStateAsUpdate(doc)
/** The answer to somebody who has all of it: no structs, and every deletion. */
const nothingNew = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))

const step1 = encodeFrame({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) })
const step2 = encodeFrame({ type: 'syncStep2', update: whole })
const update = encodeFrame({ type: 'update', update: whole })
const presenceOf = (...clients: number[]) => {
  const entries = clients.map(client => ({ client, clock: 1, state: '{"seq":1}' }))
  return encodeFrame({ type: 'awareness', update: encodeAwareness(entries) })
}

test.each(['owner', 'editor'] as const)('an %s sends what they have', role => {
  for (const frame of [step1, step2, update]) {
    expect(verdictOn(frame, hello(role), SELF)).toEqual({ do: 'send', frames: [frame] })
  }
})

test.each(['commenter', 'viewer'] as const)(
  'a %s asks for the board, keeps changes of their own, and has nothing to keep where there are none',
  role => {
    expect(verdictOn(step1, hello(role), SELF)).toEqual({ do: 'send', frames: [step1] })
    expect(verdictOn(step2, hello(role), SELF)).toEqual({ do: 'keep' })
    expect(verdictOn(update, hello(role), SELF)).toEqual({ do: 'keep' })
    const empty = encodeFrame({ type: 'syncStep2', update: nothingNew })
    expect(verdictOn(empty, hello(role), SELF)).toEqual({ do: 'drop' })
  },
)

test('a relay of an earlier schema is sent no change, also not by an owner, and is asked for the board all the same', () => {
  const older = { ...hello('owner'), schema: SCHEMA_VERSION - 1 }
  expect(verdictOn(step1, older, SELF).do).toBe('send')
  expect(verdictOn(presenceOf(7), older, SELF).do).toBe('send')
  expect(verdictOn(step2, older, SELF)).toEqual({ do: 'keep' })
  expect(verdictOn(update, older, SELF)).toEqual({ do: 'keep' })
  const newer = { ...hello('owner'), schema: SCHEMA_VERSION + 1 }
  expect(verdictOn(update, newer, SELF).do).toBe('send')
})

test('before the relay has said who we are, no change is sent: the answer to its state vector brings it', () => {
  expect(verdictOn(step1, null, SELF).do).toBe('send')
  expect(verdictOn(update, null, SELF).do).toBe('drop')
})

test('only one’s own presence is sent, and only as much as the relay takes', () => {
  expect(verdictOn(presenceOf(7), null, SELF).do).toBe('send')
  expect(verdictOn(presenceOf(7), hello('viewer'), SELF).do).toBe('send')
  expect(verdictOn(presenceOf(8), hello('editor'), SELF).do).toBe('drop')
  expect(verdictOn(presenceOf(8, 7), hello('editor'), SELF).do).toBe('drop')
  expect(verdictOn(presenceOf(7, 8), hello('editor'), SELF).do).toBe('drop')
  expect(verdictOn(presenceOf(), hello('editor'), SELF).do).toBe('drop')
  expect(verdictOn(presenceOf(7), hello('editor', { presenceBytes: 10 }), SELF).do).toBe('drop')
})

test('what is larger than a frame is split; one thing that is larger is refused', () => {
  const large = new Y.Doc()
  for (let i = 0; i < 20; i += 1) large.getMap('shapes').set(`${i}`, new Uint8Array(300))
  const frame = encodeFrame({ type: 'update', update: Y.encodeStateAsUpdate(large) })
  const split = verdictOn(frame, hello('editor', { frameBytes: 1_000 }), SELF)
  if (split.do !== 'send') return expect.unreachable(`it was not sent but ${split.do}`)
  const copy = new Y.Doc()
  for (const part of split.frames) {
    expect(part.length).toBeLessThanOrEqual(1_000)
    const read = decodeFrame(part, 1_000)
    if (read.type === 'update') Y.applyUpdate(copy, read.update)
  }
  expect(copy.getMap('shapes').size).toBe(20)
  expect(verdictOn(frame, hello('editor', { frameBytes: 200 }), SELF)).toEqual({
    do: 'refuse',
    bytes: frame.length,
    limit: 200,
  })
})
