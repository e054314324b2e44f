import { inflateRawSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { decodeFrame, encodeFrame, type Frame } from '../../shared/protocol/frame.ts'
import type { Inflate } from './arriving-state.ts'
import { A_WHILE, client, destroyLinks, shapesOf, tapped, world } from './relay-link.testing.ts'
import type { Accept } from './sim/sim-socket.ts'

afterEach(destroyLinks)

const frameOf = (bytes: Uint8Array): Frame => decodeFrame(bytes, bytes.length)

/** A board of sixty shapes by somebody else, and a link to it that is not connected yet. */
async function setUp(inflate?: Inflate, change: (bytes: Uint8Array) => Uint8Array = bytes => bytes) {
  const here = world()
  const other = client(here, 'other')
  for (let at = 0; at < 60; at += 1) other.draw(`shape-${at}`)
  other.link.connect()
  await here.clock.settle(A_WHILE)
  const sent: Frame[] = []
  const takes: Accept = (end, ...rest) =>
    here.accept(
      tapped(end, change, bytes => sent.push(frameOf(bytes))),
      ...rest,
    )
  return { here, other, sent, ...client(here, 'a', takes, inflate && { inflate }) }
}

/** Inflates when it is let. */
function held() {
  const waiting: (() => void)[] = []
  const inflate: Inflate = deflated =>
    new Promise(resolve => waiting.push(() => resolve(inflateRawSync(deflated))))
  return { inflate, waiting }
}

test('what comes while a board is inflated waits for it, and nothing goes back', async () => {
  const { inflate, waiting } = held()
  const { here, other, link, doc, sent } = await setUp(inflate)
  link.connect()
  await here.clock.settle(A_WHILE)
  other.draw('later')
  await here.clock.settle(A_WHILE)
  expect(link.state.at).toBe('syncing')
  expect(shapesOf(doc)).toEqual([])
  expect(doc.store.pendingStructs).toBeNull()
  for (const go of waiting) go()
  await here.clock.settle(A_WHILE)
  expect(link.state).toMatchObject({ at: 'synced', durable: true })
  expect(shapesOf(doc)).toEqual(shapesOf(other.doc))
  expect(shapesOf(doc)).toContain('later')
  const changes = sent.filter(frame => frame.type === 'update' || frame.type === 'syncStep2')
  expect(changes).toEqual([{ type: 'syncStep2', update: Uint8Array.of(0, 0) }])
})

test('a connection that ends while it is inflated leaves it to the next', async () => {
  const { inflate, waiting } = held()
  const { here, other, link, doc } = await setUp(inflate)
  link.connect()
  await here.clock.settle(A_WHILE)
  here.relay.crash()
  here.relay.start()
  await here.clock.settle(20_000)
  expect(waiting).toHaveLength(2)
  waiting[0]?.()
  await here.clock.settle(A_WHILE)
  expect(shapesOf(doc)).toEqual([])
  waiting[1]?.()
  await here.clock.settle(A_WHILE)
  expect(link.state.at).toBe('synced')
  expect(shapesOf(doc)).toEqual(shapesOf(other.doc))
})

test('one that arrives damaged is asked for again', async () => {
  let isHarmed = true
  const { here, other, link, doc } = await setUp(undefined, bytes => {
    const frame = frameOf(bytes)
    if (frame.type !== 'state' || !isHarmed) return bytes
    isHarmed = false
    return encodeFrame({ ...frame, content: frame.content.slice(0, -9) })
  })
  link.connect()
  await here.clock.settle(20_000)
  expect(isHarmed).toBe(false)
  expect(link.state.at).toBe('synced')
  expect(shapesOf(doc)).toEqual(shapesOf(other.doc))
})
