import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import type { Grant, Refusal } from '../auth/authorizer.ts'
import { Admissions } from './admissions.ts'
import { Connections } from './connections.ts'
import { originPolicy } from './origin.ts'
import type { Socket, Upgrade } from './server.ts'

const BOARD = 'AAAAAAAAAAAAAAAAAAAA'

const grantOf = (role: Grant['role'], epoch: number | null): Grant => ({ role, epoch, expiresAt: null })

/** One who has been decided on, and whose socket has not opened yet. */
async function visit(verdict: Grant | Refusal) {
  const clock = fakeClock()
  const limits = { connections: 10, connectionsPerAddress: 10 }
  const connections = new Connections({ seconds: () => clock.now() / 1000, limits })
  const codes: number[] = []
  let opened = 0
  const admissions = new Admissions({
    authorizer: { authorize: async () => verdict, rotate: null },
    connections,
    clock,
    origin: originPolicy('same'),
    metrics: { closed: () => undefined },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  const endpoint = admissions.endpoint({
    name: 'sync',
    maxPayload: 100,
    least: { role: 'viewer', otherwise: '' },
    select: () => '',
    open() {
      opened += 1
      return { message: () => undefined, drained: () => undefined, closed: () => undefined }
    },
  })
  const request = { path: `/sync/${BOARD}`, protocols: [], header: () => '', address: '192.0.2.1' }
  const upgrade: Upgrade = await endpoint.upgrade(request)
  const ignore = () => undefined
  const socket: Socket = {
    protocol: '',
    buffered: 0,
    send: ignore,
    subscribe: ignore,
    unsubscribe: ignore,
    publish: ignore,
    close: code => void codes.push(code),
    drop: ignore,
  }
  return { admissions, connections, upgrade, socket, codes, opened: () => opened }
}

test('a link that the owner replaces while its socket opens opens nothing', async () => {
  const { admissions, connections, upgrade, socket, codes, opened } = await visit(grantOf('editor', 0))
  admissions.revoke(BOARD, 1)
  upgrade.connect(socket).closed()
  expect([codes, opened(), connections.count]).toEqual([[CLOSE.revoked], 0, 0])
})

test.each([
  ['the owner’s key', grantOf('owner', 0), BOARD, 1],
  ['a link of the new epoch', grantOf('editor', 1), BOARD, 1],
  ['a board without keys', grantOf('editor', null), BOARD, 1],
  ['a link of another board', grantOf('editor', 0), 'BBBBBBBBBBBBBBBBBBBB', 1],
])('%s opens all the same', async (_what, grant, board, epoch) => {
  const { admissions, connections, upgrade, socket, codes, opened } = await visit(grant)
  admissions.revoke(board, epoch)
  const handler = upgrade.connect(socket)
  expect([codes, opened(), connections.count]).toEqual([[], 1, 1])
  handler.closed()
  expect(connections.count).toBe(0)
})

test.each([
  ['let in', grantOf('editor', 0)],
  ['refused', { code: CLOSE.refused, refused: 'No.' }],
])('who was %s and has gone is counted no longer', async (_what, verdict) => {
  const { connections, upgrade } = await visit(verdict)
  expect(connections.count).toBe(1)
  upgrade.abandoned()
  expect(connections.count).toBe(0)
})
