import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { STOCK_SUBPROTOCOL, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { newOwnerKey } from '../../shared/protocol/keys.ts'
import { secureRandom } from '../../shared/util/random.ts'
import type { Authorizer, Grant } from '../auth/authorizer.ts'
import { until } from '../testing/until.ts'
import { ADAPTERS } from './adapters.testing.ts'
import { type Doors, knock, openDoors, type Visit } from './doors.testing.ts'
import { dial, webSocket } from './server.testing.ts'

/** The code and reason, once it is closed; before that a Driftboard client was told both. */
async function refusalOf(visit: Visit): Promise<{ code: number; reason: string }> {
  await until(() => visit.closed !== null)
  const { code, reason } = visit.closed ?? { code: 0, reason: '' }
  if (visit.socket.protocol === SUBPROTOCOL)
    expect(visit.frames).toEqual([
      { type: 'rejected', code, reason: expect.stringContaining(reason), where: '' },
    ])
  else expect(visit.frames).toEqual([])
  return { code, reason }
}

const isIn = (visit: Visit) => until(() => visit.frames.some(({ type }) => type === 'syncStep1'))

describe.each(ADAPTERS)('/sync on $name', adapter => {
  const toBoard = ({ board }: Doors) => `/sync/${board}`

  test('each role’s key opens the board, and is neither selected nor sent back', async () => {
    const doors = await openDoors(adapter)
    for (const role of ['owner', 'editor', 'commenter', 'viewer'] as const) {
      const visit = knock(doors, { path: toBoard(doors), credential: doors.key(role) })
      await isIn(visit)
      expect(visit.socket.protocol).toBe(SUBPROTOCOL)
    }
  })

  test('the order of the offers does not matter', async () => {
    const doors = await openDoors(adapter)
    const protocols = [`auth.${doors.key('editor')}`, 'other', SUBPROTOCOL]
    const visit = knock(doors, { path: toBoard(doors), protocols })
    await isIn(visit)
    expect(visit.socket.protocol).toBe(SUBPROTOCOL)
  })

  test('a stock client presents a key beside y-sync, which is selected', async () => {
    const doors = await openDoors(adapter)
    const visit = knock(doors, {
      path: toBoard(doors),
      protocols: [STOCK_SUBPROTOCOL],
      credential: doors.key('editor'),
    })
    await isIn(visit)
    expect(visit.socket.protocol).toBe(STOCK_SUBPROTOCOL)
  })

  test('no key, a wrong one, one of another board: each is refused in words, before any board opens', async () => {
    const doors = await openDoors(adapter)
    const other = newOwnerKey(secureRandom).text
    for (const credential of [null, 'junk', other]) {
      const visit = knock(doors, { path: toBoard(doors), credential })
      expect(await refusalOf(visit)).toMatchObject({
        code: CLOSE.refused,
        reason: expect.stringMatching(/Ask/),
      })
    }
    await until(() => doors.connections.count === 0)
    expect(doors.codes).toEqual(Array(3).fill(CLOSE.refused))
  })

  test('a key in the query opens nothing', async () => {
    const doors = await openDoors(adapter)
    const visit = knock(doors, { path: `${toBoard(doors)}?token=${doors.key('editor')}` })
    expect((await refusalOf(visit)).code).toBe(CLOSE.refused)
  })

  test.each([
    ['a path without a board id', '/sync/short', [SUBPROTOCOL], CLOSE.badBoardId, /16 to 64/],
    ['a path below a board', '/sync/AAAAAAAAAAAAAAAAAAAA/x', [SUBPROTOCOL], CLOSE.badBoardId, /16 to 64/],
    ['another version', '/sync/AAAAAAAAAAAAAAAAAAAA', ['driftboard.v9'], CLOSE.outdated, /Reload/],
    [
      'two keys',
      '/sync/AAAAAAAAAAAAAAAAAAAA',
      [SUBPROTOCOL, 'auth.a', 'auth.b'],
      CLOSE.malformed,
      /not several/,
    ],
    [
      'an endless key',
      '/sync/AAAAAAAAAAAAAAAAAAAA',
      [SUBPROTOCOL, `auth.${'a'.repeat(8193)}`],
      CLOSE.tooLarge,
      /8192/,
    ],
  ])('%s is refused without asking the authorizer', async (_what, path, protocols, code, words) => {
    const doors = await openDoors(adapter)
    const visit = knock(doors, { path, protocols })
    expect(await refusalOf(visit)).toMatchObject({ code, reason: expect.stringMatching(words) })
    expect(visit.socket.protocol).toBe(protocols[0])
    expect(doors.asked()).toBe(0)
    await until(() => doors.connections.count === 0)
  })

  test('a client that announces a schema below the least allowed, or none, is outdated; stock clients are not asked', async () => {
    const doors = await openDoors(adapter, { minSchema: 2 })
    const asked = { path: toBoard(doors), credential: doors.key('editor') }
    for (const offers of [[], ['schema.1'], ['schema.'], ['schema.x2'], ['schema.-2'], ['schema.2.5']]) {
      const visit = knock(doors, { ...asked, protocols: [SUBPROTOCOL, ...offers] })
      expect(await refusalOf(visit)).toMatchObject({
        code: CLOSE.outdated,
        reason: expect.stringMatching(/Reload/),
      })
    }
    expect(doors.asked()).toBe(0)
    for (const offers of [['schema.2'], ['schema.3']]) {
      const visit = knock(doors, { ...asked, protocols: [...offers, SUBPROTOCOL] })
      await isIn(visit)
      expect(visit.socket.protocol).toBe(SUBPROTOCOL)
    }
    await isIn(knock(doors, { ...asked, protocols: [STOCK_SUBPROTOCOL] }))
  })

  test('a client that announces no schema is let in where version 1 is allowed', async () => {
    const doors = await openDoors(adapter)
    await isIn(knock(doors, { path: toBoard(doors), credential: doors.key('editor') }))
  })

  test('a page of a foreign origin is refused, and told of ORIGINS; its own and a listed one are not', async () => {
    const doors = await openDoors(adapter)
    const asked = { path: toBoard(doors), credential: doors.key('editor') }
    const foreign = await refusalOf(knock(doors, { ...asked, origin: 'https://evil.example' }))
    expect(foreign).toMatchObject({
      code: CLOSE.refused,
      reason: expect.stringMatching(/evil\.example.*ORIGINS/),
    })
    expect(doors.asked()).toBe(0)
    const scheme = doors.target.isSecure ? 'https' : 'http'
    for (const origin of ['https://friend.example', `${scheme}://127.0.0.1:${doors.target.port}`])
      await isIn(knock(doors, { ...asked, origin }))
  })

  test('over the cap the next is crowded out without asking the authorizer, and those inside stay', async () => {
    const doors = await openDoors(adapter, { limits: { connectionsPerAddress: 2 } })
    const asked = { path: toBoard(doors), credential: doors.key('editor') }
    const [one, two] = [knock(doors, asked), knock(doors, asked)]
    await isIn(one)
    await isIn(two)
    expect(await refusalOf(knock(doors, asked))).toMatchObject({ code: CLOSE.crowded })
    expect([doors.asked(), doors.connections.count, one.closed, two.closed]).toEqual([2, 2, null, null])
    one.socket.close()
    await until(() => doors.connections.count === 1)
    await isIn(knock(doors, asked))
  })

  test('an authorizer that fails turns people away for the moment, and the log says so once', async () => {
    let fails = true
    const grant: Grant = { role: 'editor', epoch: null, expiresAt: null }
    const authorizer: Authorizer = {
      rotate: null,
      authorize: async () => (fails ? Promise.reject(new Error('no answer')) : grant),
    }
    const doors = await openDoors(adapter, { authorizer })
    for (let round = 0; round < 3; round += 1)
      expect((await refusalOf(knock(doors, { path: toBoard(doors) }))).code).toBe(CLOSE.unavailable)
    expect(doors.errors).toEqual(['the authorizer failed'])
    fails = false
    await isIn(knock(doors, { path: toBoard(doors) }))
  })

  test('an authorizer that never answers turns people away after ten seconds', async () => {
    const authorizer: Authorizer = { rotate: null, authorize: () => new Promise(() => undefined) }
    const doors = await openDoors(adapter, { authorizer })
    const visit = knock(doors, { path: toBoard(doors) })
    await until(() => doors.asked() === 1)
    doors.clock.advance(9_999)
    expect(doors.connections.count).toBe(1)
    doors.clock.advance(1)
    expect((await refusalOf(visit)).code).toBe(CLOSE.unavailable)
    expect(doors.clock.waiting).toBe(0)
  })

  test('who goes while the authorizer thinks is counted no longer', async () => {
    const authorizer: Authorizer = { rotate: null, authorize: () => new Promise(() => undefined) }
    const doors = await openDoors(adapter, { authorizer })
    const client = webSocket(doors.target, toBoard(doors), [SUBPROTOCOL])
    client.on('error', () => undefined)
    await until(() => doors.asked() === 1)
    client.terminate()
    // Heard of before a later connection has been counted.
    dial(doors.target).destroy()
    doors.clock.advance(10_000)
    await until(() => doors.connections.count === 0)
  })
})
