import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addRectangle, addStroke } from '../../shared/protocol/document.testing.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { A_WHILE, client, destroyLinks, shapesOf, world } from './relay-link.testing.ts'
import type { End, SimNet } from './sim/sim-net.ts'
import type { Accept } from './sim/sim-socket.ts'

afterEach(destroyLinks)

describe('the link to the relay', () => {
  test('goes through connecting and syncing to synced, and is durable once the relay says so', async () => {
    const here = world()
    const { link, seen, draw } = client(here)
    draw('offline')
    expect(link.state).toEqual({ at: 'offline' })
    link.connect()
    await here.clock.settle(A_WHILE)
    const steps = seen.map(state =>
      state.at !== 'synced' ? state.at : state.inSnapshot ? 'in a snapshot' : state.durable,
    )
    expect(steps).toEqual(['connecting', 'syncing', false, true, 'in a snapshot'])
    expect(shapesOf(here.relay.onDisk)).toEqual(['offline'])
    expect(link.hello.state?.role).toBe('editor')
  })

  test('is not durable from a change on until that very change is on disk, a pure deletion included', async () => {
    const here = world()
    const { link, draw, shapes } = client(here)
    draw('a')
    link.connect()
    await here.clock.settle(A_WHILE)
    shapes.delete('a')
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(90)
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(shapesOf(here.relay.onDisk)).toEqual([])
  })

  test('that is lost comes back by itself and brings what was drawn meanwhile', async () => {
    const here = world()
    const { link, draw } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    here.relay.crash()
    await here.clock.settle(2_000)
    draw('meanwhile')
    expect(['offline', 'connecting']).toContain(link.state.at)
    here.relay.start()
    await here.clock.settle(16_000)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(shapesOf(here.relay.onDisk)).toEqual(['meanwhile'])
  })

  test('waits longer after each failure, says when it tries again, and tries at once when it is told to', async () => {
    const here = world()
    here.relay.crash()
    const { link, seen } = client(here)
    link.connect()
    await here.clock.settle(120_000)
    const waits: number[] = []
    for (const state of seen) if (state.at === 'offline') waits.push(state.retryAt ?? 0)
    const gaps = waits.slice(1).map((at, i) => at - (waits[i] as number))
    expect(gaps.slice(0, 3).every(gap => gap < 3_000)).toBe(true)
    expect(Math.max(...gaps)).toBeGreaterThan(7_500)
    expect(Math.max(...gaps)).toBeLessThan(16_000)
    here.relay.start()
    while (link.state.at !== 'offline') await here.clock.settle(100)
    link.connect()
    expect(link.state.at).toBe('connecting')
    await here.clock.settle(A_WHILE)
    expect(link.state.at).toBe('synced')
  })

  test('gives up on a host that never answers and tries again', async () => {
    const here = world()
    const { link } = client({ ...here, net: { dial: () => {} } as unknown as SimNet })
    link.connect()
    await here.clock.settle(9_900)
    expect(link.state.at).toBe('connecting')
    await here.clock.settle(200)
    expect(link.state.at).toBe('offline')
  })

  test('says that it was refused, with the relay’s reason, and does not come back', async () => {
    const here = world()
    let dials = 0
    const refusing: Accept = end => {
      dials += 1
      end.send(
        encodeFrame({ type: 'rejected', code: 4403, reason: 'This board is private.', where: 'shapes' }),
      )
      end.close(4403, 'private')
      return true
    }
    const { link } = client(here, 'a', refusing)
    link.connect()
    await here.clock.settle(60_000)
    expect(link.state).toEqual({
      at: 'refused',
      code: 4403,
      reason: 'This board is private.',
      where: 'shapes',
    })
    link.connect()
    await here.clock.settle(60_000)
    expect(dials).toBe(1)
  })

  test('that the relay closed for being too slow comes back', async () => {
    const here = world()
    let first = true
    const slow: Accept = (end: End, ...rest) => {
      if (!first) return here.accept(end, ...rest)
      first = false
      end.close(4529, 'too slow')
      return true
    }
    const { link } = client(here, 'a', slow)
    link.connect()
    await here.clock.settle(3_000)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
  })

  test('offers a peer’s change that had waited for one of the relay’s', async () => {
    const here = world()
    const source = new Y.Doc()
    addRectangle(source, 'first')
    const first = Y.encodeStateAsUpdate(source)
    addRectangle(source, 'second')
    const second = Y.encodeStateAsUpdate(source, Y.encodeStateVectorFromUpdate(first))
    const [a, b] = [client(here, 'a'), client(here, 'b')]
    for (const { link } of [a, b]) link.connect()
    await here.clock.settle(A_WHILE)
    Y.applyUpdate(a.doc, second, 'a peer')
    Y.applyUpdate(b.doc, first, 'a peer')
    await here.clock.settle(A_WHILE)
    expect(shapesOf(here.relay.onDisk)).toEqual(['first', 'second'])
    expect(shapesOf(b.doc)).toEqual(['first', 'second'])
  })

  test('shows others again as soon as it is back, though their presence has not changed', async () => {
    const here = world()
    const [a, b] = [client(here, 'a'), client(here, 'b')]
    b.awareness.setLocalState({ seq: 5 })
    for (const { link } of [a, b]) link.connect()
    await here.clock.settle(A_WHILE)
    expect(a.awareness.getStates().get(b.doc.clientID)).toEqual({ seq: 5 })
    here.net.cut(from => from === 'a')
    while (a.link.state.at === 'synced') await here.clock.settle(50)
    expect(a.awareness.getStates().has(b.doc.clientID)).toBe(false)
    await here.clock.settle(3_000)
    expect(a.awareness.getStates().get(b.doc.clientID)).toEqual({ seq: 5 })
  })

  test('survives that Yjs changes the client id, which a hostile peer can bring about', async () => {
    const here = world()
    const { doc, link, draw } = client(here)
    const thief = new Y.Doc()
    thief.clientID = doc.clientID
    addRectangle(thief, 'stolen')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(thief), 'a peer')
    expect(doc.clientID).not.toBe(thief.clientID)
    draw('mine')
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(() => link.destroy()).not.toThrow()
  })

  test('brings a board that is larger than any frame the relay takes, in frames that it takes', async () => {
    const here = world(20_000)
    const { link, shapes, doc } = client(here)
    doc.transact(() => {
      for (let i = 0; i < 50; i += 1) addStroke(doc, `offline-${i}`, 3_000)
    })
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    doc.transact(() => {
      for (let i = 0; i < 50; i += 1) addStroke(doc, `imported-${i}`, 3_000)
      shapes.delete('offline-0')
    })
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
    expect(shapes.size).toBe(99)
  })

  test('says that one thing is larger than the relay takes, sends it not once, and the board works on', async () => {
    const here = world(20_000)
    const { doc, draw, link, shapes, seen } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    addStroke(doc, 'huge', 30_000)
    expect(link.state).toMatchObject({ at: 'refused', code: 4413 })
    expect(link.state).toHaveProperty('reason', expect.stringMatching(/one thing of .* MB; the relay takes/))
    draw('later')
    await here.clock.settle(60_000)
    expect(link.state.at).toBe('refused')
    expect(seen.at(-1)?.at).toBe('refused')
    expect(here.net.connects('a', 'relay')).toBe(false)
    expect(here.relay.onDisk.getMap('shapes').size).toBe(0)
    expect(shapes.size).toBe(2)
  })

  test('that is destroyed waits for nothing and leaves the relay', async () => {
    const here = world()
    const { link, draw } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    link.destroy()
    expect(here.net.connects('a', 'relay')).toBe(false)
    draw('later')
    await here.clock.settle(60_000)
    expect(here.net.connects('a', 'relay')).toBe(false)
    expect(shapesOf(here.relay.onDisk)).toEqual([])
    expect(link.state).toEqual({ at: 'offline' })
  })
})
