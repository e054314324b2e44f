import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { SIGNAL_SUBPROTOCOL, STOCK_SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { Role } from '../../shared/protocol/role.ts'
import type { Authorizer } from '../auth/authorizer.ts'
import { until } from '../testing/until.ts'
import { ADAPTERS } from './adapters.testing.ts'
import { type Doors, knock, openDoors, type Visit } from './doors.testing.ts'

const PROTOCOLS = [SIGNAL_SUBPROTOCOL]

async function enter(doors: Doors, role: Role, epoch = 0): Promise<Visit> {
  const path = `/signal/${doors.board}`
  const visit = knock(doors, { path, protocols: PROTOCOLS, credential: doors.key(role, epoch) })
  await until(() => visit.socket.readyState === visit.socket.OPEN)
  return visit
}

const say = ({ socket }: Visit, message: unknown): void => socket.send(JSON.stringify(message))

const subscribe = (visit: Visit, ...topics: string[]): void => say(visit, { type: 'subscribe', topics })

/** What a visitor has heard of one type. */
const heard = ({ texts }: Visit, type: string): Record<string, unknown>[] =>
  texts.map(text => JSON.parse(text)).filter(message => message.type === type)

/** Resolves when the relay has dealt with all that the visitor said before. */
async function dealtWith(visit: Visit): Promise<void> {
  const pongs = heard(visit, 'pong').length
  say(visit, { type: 'ping' })
  await until(() => heard(visit, 'pong').length > pongs)
}

const codeOf = async (visit: Visit): Promise<number | undefined> => {
  await until(() => visit.closed !== null)
  return visit.closed?.code
}

describe.each(ADAPTERS)('/signal on $name', adapter => {
  test('what one publishes all at the board hear, itself included, with how many they are', async () => {
    const doors = await openDoors(adapter)
    const visits = [await enter(doors, 'owner'), await enter(doors, 'editor'), await enter(doors, 'editor')]
    for (const visit of visits) {
      subscribe(visit, doors.board)
      await dealtWith(visit)
    }
    const [ann, ben, carl] = visits as [Visit, Visit, Visit]
    say(ann, { type: 'publish', topic: doors.board, data: 'sealed' })
    await until(() => visits.every(visit => heard(visit, 'publish').length === 1))
    expect(heard(carl, 'publish')).toEqual([
      { type: 'publish', topic: doors.board, data: 'sealed', clients: 3 },
    ])
    say(ben, { type: 'unsubscribe', topics: [doors.board] })
    await dealtWith(ben)
    say(ann, { type: 'publish', topic: doors.board, data: 'again' })
    await until(() => heard(carl, 'publish').length === 2)
    expect(heard(carl, 'publish').at(-1)).toMatchObject({ clients: 2 })
    await dealtWith(ben)
    expect(heard(ben, 'publish')).toHaveLength(1)
    expect(ann.socket.protocol).toBe(SIGNAL_SUBPROTOCOL)
  })

  test('other topics than the board’s own reach nobody and are heard by nobody', async () => {
    const doors = await openDoors(adapter)
    const [ann, ben] = [await enter(doors, 'editor'), await enter(doors, 'editor')]
    for (const visit of [ann, ben]) {
      subscribe(visit, 'another-board-altogether')
      await dealtWith(visit)
    }
    say(ann, { type: 'publish', topic: 'another-board-altogether', data: 'x' })
    say(ann, { type: 'publish', topic: doors.board, data: 'y' })
    await dealtWith(ann)
    await dealtWith(ben)
    expect([...heard(ann, 'publish'), ...heard(ben, 'publish')]).toEqual([])
  })

  test('who may not edit, or has no key, is refused; so is the old address without a board', async () => {
    const doors = await openDoors(adapter)
    const path = `/signal/${doors.board}`
    for (const role of ['commenter', 'viewer'] as const)
      expect(await codeOf(knock(doors, { path, protocols: PROTOCOLS, credential: doors.key(role) }))).toBe(
        CLOSE.refused,
      )
    expect(await codeOf(knock(doors, { path, protocols: PROTOCOLS }))).toBe(CLOSE.refused)
    expect(await codeOf(knock(doors, { path: '/signal/', protocols: PROTOCOLS }))).toBe(CLOSE.badBoardId)
  })

  test('a stock client gets in beside y-sync', async () => {
    const doors = await openDoors(adapter)
    const path = `/signal/${doors.board}`
    const visit = knock(doors, { path, protocols: [STOCK_SUBPROTOCOL], credential: doors.key('editor') })
    await until(() => visit.socket.readyState === visit.socket.OPEN)
    expect(visit.socket.protocol).toBe(STOCK_SUBPROTOCOL)
    await dealtWith(visit)
  })

  test.each([
    ['no JSON', '{'],
    ['an unknown type', '{"type":"shout"}'],
    ['topics that are none', '{"type":"subscribe","topics":"all"}'],
    ['endless nesting', `{"type":"publish","topic":"t","data":${'['.repeat(17)}${']'.repeat(17)}}`],
    ['a binary message', Buffer.from('{"type":"ping"}')],
  ])('%s closes its sender with 4400, and others go on', async (_what, message) => {
    const doors = await openDoors(adapter)
    const [mallory, ben] = [await enter(doors, 'editor'), await enter(doors, 'editor')]
    mallory.socket.send(message)
    expect(await codeOf(mallory)).toBe(CLOSE.malformed)
    await dealtWith(ben)
  })

  test('a message over 256 KiB closes its sender with 4413', async () => {
    const doors = await openDoors(adapter)
    const visit = await enter(doors, 'editor')
    say(visit, { type: 'publish', topic: doors.board, data: 'x'.repeat(256 * 1024) })
    expect(await codeOf(visit)).toBe(CLOSE.tooLarge)
  })

  test('more messages, or more text, than is allowed closes their sender with 4509, and nobody else', async () => {
    const doors = await openDoors(adapter)
    const [fast, large, slow] = [
      await enter(doors, 'editor'),
      await enter(doors, 'editor'),
      await enter(doors, 'editor'),
    ]
    // 20 a second, and four seconds' worth at once.
    for (let at = 0; at < 81; at += 1) say(fast, { type: 'ping' })
    for (let at = 0; at < 6; at += 1)
      say(large, { type: 'publish', topic: 't', data: 'x'.repeat(200 * 1024) })
    expect([await codeOf(fast), await codeOf(large)]).toEqual([CLOSE.tooFast, CLOSE.tooFast])
    expect(heard(fast, 'pong')).toHaveLength(80)
    for (let at = 0; at < 60; at += 1) await dealtWith(slow)
  })

  test('replacing the links closes those with an older one with 4401 at once; the owner and the new stay', async () => {
    const doors = await openDoors(adapter)
    const [owner, old] = [await enter(doors, 'owner'), await enter(doors, 'editor')]
    expect(await doors.rotate()).toBe(1)
    expect(await codeOf(old)).toBe(CLOSE.revoked)
    const now = await enter(doors, 'editor', 1)
    await dealtWith(owner)
    await dealtWith(now)
    const late = knock(doors, {
      path: `/signal/${doors.board}`,
      protocols: PROTOCOLS,
      credential: doors.key('editor'),
    })
    expect(await codeOf(late)).toBe(CLOSE.revoked)
  })

  test('a grant that ends closes its socket with 4401 then, and leaves no timer', async () => {
    let expiresAt = 0
    const authorizer: Authorizer = {
      rotate: null,
      authorize: async () => ({ role: 'editor', epoch: null, expiresAt }),
    }
    const doors = await openDoors(adapter, { authorizer })
    // Further away than one timer reaches.
    expiresAt = doors.clock.now() + 30 * 86_400_000
    const [stays, leaves] = [await enter(doors, 'editor'), await enter(doors, 'editor')]
    leaves.socket.close()
    await until(() => doors.connections.count === 1)
    doors.clock.advance(30 * 86_400_000 - 1)
    await dealtWith(stays)
    doors.clock.advance(1)
    expect(await codeOf(stays)).toBe(CLOSE.revoked)
    expect(doors.clock.waiting).toBe(0)
  })

  test('who does not read is closed, and the others hear everything', async () => {
    const doors = await openDoors(adapter, { limits: { messagesPerSecond: 1_000 } })
    const [ann, ben, deaf] = [
      await enter(doors, 'editor'),
      await enter(doors, 'editor'),
      await enter(doors, 'editor'),
    ]
    for (const visit of [ann, ben, deaf]) {
      subscribe(visit, doors.board)
      await dealtWith(visit)
    }
    deaf.socket.pause()
    let said = 0
    // What one sends in a second of the clock that stands still is little; the machine's own buffers take megabytes.
    while (!doors.codes.includes(CLOSE.tooSlow)) {
      for (let at = 0; at < 4; at += 1)
        say(ann, { type: 'publish', topic: doors.board, data: 'x'.repeat(250_000) })
      said += 4
      await until(() => heard(ben, 'publish').length === said)
      doors.clock.advance(4_000)
      if (said > 400) throw new Error('The one who does not read was never closed.')
    }
    await until(() => heard(ann, 'publish').length === said)
  })
})
