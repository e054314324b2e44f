import { describe, expect, test } from 'vitest'
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { IDLE_AFTER, Presence, SEND_EVERY } from './presence.ts'

const parse = (value: unknown) => (typeof value === 'string' ? value : undefined)

function person() {
  const clock = fakeClock(1_000)
  const doc = new Y.Doc()
  const [relay, mesh] = [new Awareness(doc), new Awareness(doc)]
  const presence = new Presence<string>({ client: doc.clientID, parse, clock })
  const detachRelay = presence.attach(relay)
  presence.attach(mesh)
  const names = () => presence.state.map(({ data }) => data)
  return { clock, doc, relay, mesh, presence, names, detachRelay }
}

/** What one person's transport says reaches another's. */
function carry(from: Awareness, to: Awareness): void {
  applyAwarenessUpdate(to, encodeAwarenessUpdate(from, [from.clientID]), 'wire')
}

/** A state that anybody may claim for a client. */
function claim(to: Awareness, state: unknown): void {
  const other = new Awareness(new Y.Doc())
  other.setLocalState(state as Record<string, unknown>)
  carry(other, to)
  other.destroy()
}

test('a clock that is set back by an hour does not silence anybody for an hour', () => {
  const clock = fakeClock(10_000_000)
  let setBack = 0
  const presence = new Presence<string>({
    client: 1,
    parse,
    clock: { now: () => clock.now() - setBack, after: clock.after },
  })
  const awareness = new Awareness(new Y.Doc())
  presence.attach(awareness)
  presence.set('before')
  setBack = 3_600_000
  presence.set('after')
  clock.advance(SEND_EVERY)
  expect(awareness.getLocalState()).toMatchObject({ data: 'after' })
  presence.destroy()
  awareness.destroy()
})

describe('presence over two transports', () => {
  test('shows somebody once, with the newest of what the transports say, whichever was last heard', () => {
    const [a, b] = [person(), person()]
    a.presence.set('old')
    carry(a.relay, b.relay)
    a.clock.advance(SEND_EVERY)
    a.presence.set('new')
    carry(a.mesh, b.mesh)
    expect(b.names()).toEqual(['new'])
    carry(a.relay, b.relay)
    expect(b.names()).toEqual(['new'])
    expect(b.presence.state[0]?.client).toBe(a.doc.clientID)
  })

  test('keeps somebody whom one transport loses while another still sees them', () => {
    const [a, b] = [person(), person()]
    a.presence.set('here')
    carry(a.relay, b.relay)
    carry(a.mesh, b.mesh)
    removeAwarenessStates(b.mesh, [a.doc.clientID], 'link closed')
    expect(b.names()).toEqual(['here'])
    b.detachRelay()
    expect(b.names()).toEqual([])
  })

  test('never shows this person to themselves', () => {
    const { presence, names } = person()
    presence.set('me')
    expect(names()).toEqual([])
  })

  test.each([
    [null],
    ['text'],
    [{}],
    [{ seq: -1, data: 'x' }],
    [{ seq: '1', data: 'x' }],
    [{ seq: 1, data: 5 }],
  ])('leaves out a state that is none: %j', state => {
    const { relay, names } = person()
    claim(relay, state)
    expect(names()).toEqual([])
  })
})

describe('sending presence', () => {
  test('goes out at once, then at most once in 33 ms, and the last state of a burst always does', () => {
    const { clock, presence, relay } = person()
    const sent: unknown[] = []
    relay.on('update', () => sent.push(relay.getLocalState()?.data))
    for (let ms = 0; ms < 100; ms += 1) {
      presence.set(`at ${ms}`)
      clock.advance(1)
    }
    clock.advance(SEND_EVERY)
    expect(sent).toEqual(['at 0', 'at 32', 'at 65', 'at 98', 'at 99'])
    expect(clock.waiting).toBe(0)
  })

  test('somebody who leaves vanishes for the others, and is back with the same state on return', () => {
    const [a, b] = [person(), person()]
    a.presence.set('here')
    carry(a.relay, b.relay)
    a.presence.leave()
    carry(a.relay, b.relay)
    expect(b.names()).toEqual([])
    a.presence.comeBack()
    carry(a.relay, b.relay)
    expect(b.names()).toEqual(['here'])
  })

  test('what is set while away is not sent', () => {
    const { clock, presence, relay } = person()
    presence.leave()
    clock.advance(SEND_EVERY)
    presence.set('hidden')
    expect(relay.getLocalState()).toBeNull()
  })
})

describe('idle people', () => {
  test('are idle after 30 s without a change, though their transport renews them, and awake with the next', () => {
    const [a, b] = [person(), person()]
    a.presence.set('still')
    carry(a.relay, b.relay)
    const seen: boolean[] = []
    b.presence.subscribe(people => seen.push(people[0]?.idle ?? false))
    b.clock.advance(IDLE_AFTER - 1)
    a.relay.setLocalState(a.relay.getLocalState())
    carry(a.relay, b.relay)
    expect(seen).toEqual([])
    b.clock.advance(1)
    expect(seen).toEqual([true])
    a.clock.advance(SEND_EVERY)
    a.presence.set('moved')
    carry(a.relay, b.relay)
    expect(seen).toEqual([true, false])
  })

  test('leave no timer behind when presence is destroyed', () => {
    const [a, b] = [person(), person()]
    a.presence.set('here')
    carry(a.relay, b.relay)
    expect(b.clock.waiting).toBe(1)
    b.presence.destroy()
    expect(b.clock.waiting).toBe(0)
  })
})
