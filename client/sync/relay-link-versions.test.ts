import { afterEach, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { decodeFrame, encodeFrame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { A_WHILE, client, destroyLinks, greeting, shapesOf, tapped, world } from './relay-link.testing.ts'
import type { Accept } from './sim/sim-socket.ts'

afterEach(destroyLinks)

test('changes wait for a relay of an earlier schema to be updated, what others do arrives, and then all is sent', async () => {
  const here = world()
  const other = client(here, 'other')
  let accept = greeting(here, { schema: SCHEMA_VERSION - 1 })
  const { doc, link, draw } = client(here, 'a', (end, ...rest) => accept(end, ...rest))
  draw('before')
  other.link.connect()
  link.connect()
  await here.clock.settle(A_WHILE)
  draw('meanwhile')
  other.draw('theirs')
  await here.clock.settle(A_WHILE)
  expect(link.state).toMatchObject({ at: 'synced', keepsBack: true })
  expect(shapesOf(doc)).toEqual(['before', 'meanwhile', 'theirs'])
  expect(shapesOf(here.relay.onDisk)).toEqual(['theirs'])

  accept = here.accept
  here.relay.crash()
  here.relay.start()
  await here.clock.settle(20_000)
  expect(link.state).toMatchObject({ at: 'synced', durable: true })
  expect(link.state).not.toHaveProperty('keepsBack')
  expect(shapesOf(here.relay.onDisk)).toEqual(['before', 'meanwhile', 'theirs'])
})

test('a relay that wants a newer app is left in peace, and the board goes on', async () => {
  const here = world()
  let dials = 0
  const refusing: Accept = end => {
    dials += 1
    const reason = 'This page is older than the relay allows.'
    end.send(encodeFrame({ type: 'rejected', code: CLOSE.outdated, reason, where: '' }))
    end.close(CLOSE.outdated, reason)
    return true
  }
  const { doc, link, draw } = client(here, 'a', refusing)
  draw('before')
  link.connect()
  await here.clock.settle(60_000)
  draw('after')
  expect(link.state).toMatchObject({ at: 'refused', code: CLOSE.outdated })
  expect(shapesOf(doc)).toEqual(['after', 'before'])
  expect(dials).toBe(1)
})

test.each([
  ['this', (protocol: string) => protocol, ['state']],
  ['an earlier', () => SUBPROTOCOL, ['syncStep2']],
])(
  'a device that has nothing of a board gets all of it from a relay of %s version, and goes on',
  async (_what, selected, answers) => {
    const here = world()
    const other = client(here, 'other')
    const many = Array.from({ length: 60 }, (_, at) => `shape-${at}`)
    for (const id of many) other.draw(id)
    other.link.connect()
    await here.clock.settle(A_WHILE)

    const got: string[] = []
    const note = (bytes: Uint8Array) => {
      got.push(decodeFrame(bytes, bytes.length).type)
      return bytes
    }
    const { doc, link, draw } = client(here, 'a', (end, board, protocol) =>
      here.accept(tapped(end, note), board, selected(protocol)),
    )
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toMatchObject({ at: 'synced', durable: true })
    expect(got.filter(type => type === 'state' || type === 'syncStep2')).toEqual(answers)
    draw('mine')
    await here.clock.settle(A_WHILE)
    expect(shapesOf(doc)).toEqual([...many, 'mine'].sort())
    expect(shapesOf(other.doc)).toEqual(shapesOf(doc))
    expect(shapesOf(here.relay.onDisk)).toEqual(shapesOf(doc))
  },
)
