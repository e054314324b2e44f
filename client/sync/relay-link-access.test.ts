import { afterEach, describe, expect, test } from 'vitest'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { A_WHILE, as, client, destroyLinks, shapesOf, tapped, world } from './relay-link.testing.ts'
import type { End } from './sim/sim-net.ts'
import { type Accept, simWebSocket } from './sim/sim-socket.ts'

/** First byte of a presence frame. */
const AWARENESS = 1

afterEach(destroyLinks)

describe('the link to the relay', () => {
  test('presents what there is to present at each connection, beside the protocol and the schema that it writes', async () => {
    const here = world()
    const offered: (readonly string[])[] = []
    const Base = simWebSocket(here.net, 'a', here.accept)
    class Noting extends Base {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        offered.push([protocols ?? []].flat())
        expect(String(url)).not.toContain('secret')
      }
    }
    let credential: string | null = 'o.secret'
    const { link } = client(here, 'a', here.accept, { WebSocket: Noting, credential: () => credential })
    for (credential of ['o.secret', 'e.secret', null]) {
      link.reopen()
      await here.clock.settle(A_WHILE)
    }
    const schema = `schema.${SCHEMA_VERSION}`
    expect(offered).toEqual([
      ['driftboard.v2', 'driftboard.v1', schema, 'auth.o.secret'],
      ['driftboard.v2', 'driftboard.v1', schema, 'auth.e.secret'],
      ['driftboard.v2', 'driftboard.v1', schema],
    ])
    expect(link.state).toMatchObject({ at: 'synced' })
  })

  test('that was refused comes back when it is reopened, and only then', async () => {
    const here = world()
    let isIn = false
    const guarded: Accept = (end, ...rest) => {
      if (isIn) return here.accept(end, ...rest)
      end.close(4401, 'The links were replaced.')
      return true
    }
    const { link, draw } = client(here, 'a', guarded)
    draw('meanwhile')
    link.connect()
    await here.clock.settle(60_000)
    expect(link.state).toMatchObject({ at: 'refused', code: 4401, reason: 'The links were replaced.' })
    isIn = true
    link.reopen()
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(shapesOf(here.relay.onDisk)).toEqual(['meanwhile'])
  })

  test.each([4503, 4504, 4508, 4509])(
    'that is closed out with %d for a while says so, and goes on trying',
    async code => {
      const here = world()
      let dials = 0
      const closing: Accept = end => {
        dials += 1
        end.close(code, 'not now')
        return true
      }
      const { link } = client(here, 'a', closing)
      link.connect()
      await here.clock.settle(60_000)
      expect(dials).toBeGreaterThan(4)
      while (link.state.at !== 'offline') await here.clock.settle(50)
      expect(link.state).toMatchObject({ at: 'offline', code })
    },
  )

  test.each(['viewer', 'commenter'] as const)(
    'a %s’s old changes stay on the device: the relay is sent none, follows all the same, and it is said',
    async role => {
      const here = world()
      const [me, other] = [client(here, 'a', as(here, role)), client(here, 'b')]
      me.draw('from-before')
      for (const { link } of [me, other]) link.connect()
      await here.clock.settle(A_WHILE)
      expect(me.link.state).toEqual({ at: 'synced', durable: true, keepsBack: true })
      other.draw('theirs')
      me.draw('another')
      await here.clock.settle(A_WHILE)
      expect(shapesOf(me.doc)).toEqual(['another', 'from-before', 'theirs'])
      expect(shapesOf(here.relay.onDisk)).toEqual(['theirs'])
      expect(me.link.state).toMatchObject({ at: 'synced' })
    },
  )

  test('who may edit again brings what was kept back', async () => {
    const here = world()
    let role: Role = 'viewer'
    const { link, draw } = client(here, 'a', (...args) => as(here, role)(...args))
    draw('kept')
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ keepsBack: true })
    role = 'editor'
    link.reopen()
    await here.clock.settle(A_WHILE)
    expect(link.state).not.toHaveProperty('keepsBack')
    expect(shapesOf(here.relay.onDisk)).toEqual(['kept'])
  })

  test('what the relay says anew in the middle of a connection counts from then on', async () => {
    const here = world()
    let relaysEnd: End | undefined
    const { link } = client(here, 'a', (end, ...rest) => {
      relaysEnd = end
      return here.accept(end, ...rest)
    })
    link.connect()
    await here.clock.settle(A_WHILE)
    const hello = { ...(link.hello.state as Hello), epoch: 7 }
    relaysEnd?.send(encodeFrame({ type: 'hello', hello }))
    await here.clock.settle(A_WHILE)
    expect(link.hello.state).toEqual(hello)
    expect(link.state).toMatchObject({ at: 'synced' })
  })

  test('says when all that it sent is in a snapshot, and no longer when there is more', async () => {
    const here = world()
    const { link, draw } = client(here)
    draw('a')
    link.connect()
    await here.clock.settle(5_000)
    expect(link.state).toEqual({ at: 'synced', durable: true, inSnapshot: true })
    draw('b')
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(5_000)
    expect(link.state).toEqual({ at: 'synced', durable: true, inSnapshot: true })
  })

  test('sends on nobody else’s presence: a crowd would be too fast for the relay', async () => {
    const here = world()
    let sent = 0
    const count = (bytes: Uint8Array) => {
      if (bytes[0] === AWARENESS) sent += 1
    }
    const counting: Accept = (end, ...rest) =>
      here.accept(
        tapped(end, bytes => bytes, count),
        ...rest,
      )
    const [a, b] = [client(here, 'a'), client(here, 'b', counting)]
    for (const { link } of [a, b]) link.connect()
    await here.clock.settle(A_WHILE)
    const before = sent
    for (let seq = 0; seq < 20; seq += 1) {
      a.awareness.setLocalState({ seq })
      await here.clock.settle(100)
    }
    await here.clock.settle(A_WHILE)
    expect(b.awareness.getStates().get(a.doc.clientID)).toEqual({ seq: 19 })
    expect([before, sent]).toEqual([1, 1])
  })
})
