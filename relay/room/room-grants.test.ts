import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { BOARD, contentOf, NOTHING, testRelay, writer } from './room.testing.ts'

const DAY = 24 * 60 * 60 * 1000

describe('a grant that ends (rule 26)', () => {
  test('closes its client with 4401 at that moment, and nobody else', async () => {
    const relay = testRelay({ clock: fakeClock(1_000_000) })
    const ann = relay.join({ grant: { expiresAt: 1_060_000 } })
    const ben = relay.join({ grant: { expiresAt: 1_120_000 } })
    await relay.clock.settle(59_999)
    expect(ann.closeCode).toBe(null)
    await relay.clock.settle(1)
    expect([ann.closeCode, ben.closeCode]).toEqual([CLOSE.revoked, null])
    expect(ann.got('rejected')).toMatchObject([{ code: CLOSE.revoked }])
  })

  test('in a year, further than a timer reaches, does not close at once, and does close in a year', async () => {
    const relay = testRelay()
    const ann = relay.join({ grant: { expiresAt: 365 * DAY } })
    await relay.clock.settle(364 * DAY)
    expect(ann.closeCode).toBe(null)
    await relay.clock.settle(DAY)
    expect(ann.closeCode).toBe(CLOSE.revoked)
  })

  test('closes a client while its board is still loading, and leaves no task of one that left before', async () => {
    const relay = testRelay({
      log: {
        open: () => new Promise(() => undefined),
        boards: async () => [],
        probe: async () => undefined,
        close: async () => undefined,
      },
    })
    const [ann, ben] = [
      relay.join({ grant: { expiresAt: 1_000 } }),
      relay.join({ grant: { expiresAt: 1_000 } }),
    ]
    ben.leave()
    expect(relay.clock.waiting).toBe(1)
    await relay.clock.settle(1_000)
    expect(ann.closeCode).toBe(CLOSE.revoked)
    expect(relay.clock.waiting).toBe(0)
  })
})

describe('links that the owner replaces (rule 26)', () => {
  const link = (epoch: number | null, role: 'owner' | 'editor' | 'viewer' = 'editor') => ({
    grant: { epoch, role },
  })

  test('close at once with 4401 those who came by older ones, on that board only, and no owner', async () => {
    const relay = testRelay()
    const board = 'another-board-here'
    const [old, viewer, fresh] = [relay.join(link(1)), relay.join(link(0, 'viewer')), relay.join(link(2))]
    const [owner, open] = [relay.join(link(0, 'owner')), relay.join(link(null))]
    const elsewhere = relay.join({ board, grant: { epoch: 0 } })
    await relay.settle()
    relay.rooms.revoke(BOARD, 2)
    expect([old, viewer].map(client => client.closeCode)).toEqual([CLOSE.revoked, CLOSE.revoked])
    expect([fresh, owner, open, elsewhere].map(client => client.closeCode)).toEqual([null, null, null, null])
    expect(old.got('rejected')).toMatchObject([{ code: CLOSE.revoked, where: '' }])
  })

  test('keep what was sent before, also what had not been applied yet, and take nothing after', async () => {
    const relay = testRelay()
    const [old, ben] = [relay.join(link(0)), relay.join(link(1))]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    const ink = writer()
    old.say({ type: 'update', update: ink.set('before', 1) })
    relay.rooms.revoke(BOARD, 1)
    old.say({ type: 'update', update: ink.set('after', 1) })
    await relay.settle()
    expect(contentOf(ben)).toEqual({ before: 1 })
  })

  test('let nobody in who was admitted just before by an older one, whether or not the board was open', async () => {
    const relay = testRelay()
    relay.rooms.revoke(BOARD, 3)
    relay.rooms.revoke(BOARD, 2)
    const [late, fresh, owner] = [relay.join(link(2)), relay.join(link(3)), relay.join(link(0, 'owner'))]
    await relay.settle()
    expect([late, fresh, owner].map(client => client.closeCode)).toEqual([CLOSE.revoked, null, null])
  })

  test('are told to the owner in another hello, with the epoch that counts now, and to nobody else', async () => {
    const relay = testRelay({ hello: ({ epoch }) => ({ epoch }) })
    const [owner, fresh, open] = [relay.join(link(0, 'owner')), relay.join(link(2)), relay.join(link(null))]
    const stock = relay.join({ stock: true, ...link(0, 'owner') })
    await relay.settle()
    relay.rooms.revoke(BOARD, 2)
    relay.rooms.revoke(BOARD, 2)
    relay.rooms.revoke(BOARD, 1)
    const epochs = [owner, fresh, open].map(client => client.got('hello').map(({ hello }) => hello.epoch))
    expect(epochs).toEqual([[0, 2], [2], [null]])
    expect([stock.got('hello'), stock.closeCode]).toEqual([[], null])
  })

  test('are in the first hello of an owner who was admitted just before, or whose board was still loading', async () => {
    const relay = testRelay({ hello: ({ epoch }) => ({ epoch }) })
    const loading = relay.join(link(0, 'owner'))
    relay.rooms.revoke(BOARD, 1)
    await relay.settle()
    const late = relay.join(link(0, 'owner'))
    const epochs = [loading, late].map(client => client.got('hello').map(({ hello }) => hello.epoch))
    expect(epochs).toEqual([[1], [1]])
  })

  test('are forgotten when nobody can have been admitted before any more', async () => {
    const relay = testRelay()
    for (let board = 0; board < 1_000; board += 1) relay.rooms.revoke(`board-number-${board}`, 1)
    await relay.clock.settle(60_000)
    expect(relay.clock.waiting).toBe(0)
  })
})
