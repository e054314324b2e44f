import { afterEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { SignalingConn, WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { openSignalling, type Signalling } from './signalling.ts'
import { eventually } from './wait.testing.ts'

const BOARD = 'signalling-test-board'
const OTHER = 'another-board-of-this-tab'

/** A WebSocket whose other end the test plays. */
class FakeSocket {
  readonly url: string
  readonly protocols: readonly string[]
  readonly sent: { readonly type: string; readonly topic?: string; readonly topics?: readonly string[] }[] =
    []
  isClosed = false
  onopen: () => void = () => {}
  onmessage: (event: { data: unknown }) => void = () => {}
  onclose: (event: { code: number }) => void = () => {}

  constructor(url: string, protocols: readonly string[]) {
    this.url = url
    this.protocols = protocols
    sockets.push(this)
  }

  get last(): readonly string[] {
    return this.sent.map(({ type, topic, topics }) => [type, topic ?? topics].flat().join(' '))
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.isClosed = true
  }
}

const sockets: FakeSocket[] = []
const open: Signalling[] = []
const providers: WebrtcProvider[] = []

afterEach(async () => {
  for (const signalling of open.splice(0)) signalling.destroy()
  for (const provider of providers.splice(0)) {
    await provider.key
    provider.disconnect()
    provider.destroy()
  }
  sockets.length = 0
})

function signalling(credential: string | null = 'e.key') {
  const clock = fakeClock()
  const made = openSignalling(SignalingConn, {
    boardId: BOARD,
    url: 'wss://a/signal',
    credential: () => credential,
    clock,
    random: seededRandom(1),
    WebSocket: FakeSocket as unknown as typeof WebSocket,
  })
  open.push(made)
  return { made, clock, socket: sockets.at(-1) as FakeSocket }
}

/** y-webrtc's own room of a board, ready. */
async function room(board: string): Promise<void> {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.destroy()
  const provider = new WebrtcProvider(board, doc, { signaling: [], password: 'secret', awareness })
  providers.push(provider)
  await eventually('the room is open', () => provider.room !== null)
}

test('the key goes beside the protocol, and nothing of it into the address', () => {
  const { socket } = signalling()
  expect([socket.url, socket.protocols]).toEqual([
    `wss://a/signal/${BOARD}`,
    ['driftboard.signal', 'auth.e.key'],
  ])
  expect(signalling(null).socket.protocols).toEqual(['driftboard.signal'])
})

test('once connected it subscribes to its board and announces itself there, and to no other board of the tab', async () => {
  await room(BOARD)
  await room(OTHER)
  const { socket } = signalling()
  socket.onopen()
  await eventually('it is announced', () => socket.sent.length >= 2)
  expect(socket.last).toEqual([`subscribe ${BOARD}`, `publish ${BOARD}`])
})

test('announces itself when the room is ready only after the connection, and says nothing without one', async () => {
  const { made, socket } = signalling()
  made.announce()
  socket.onopen()
  expect(socket.sent).toEqual([])
  await room(BOARD)
  made.announce()
  await eventually('it is announced', () => socket.sent.length >= 2)
  expect(socket.last).toEqual([`subscribe ${BOARD}`, `publish ${BOARD}`])
})

test('pings, so that a silent connection is not taken for dead', () => {
  const { clock, socket } = signalling()
  socket.onopen()
  clock.advance(31_000)
  expect(socket.last).toEqual(['ping ', 'ping '])
})

test('a connection that is lost comes back, ever more slowly while nothing answers', () => {
  const { clock } = signalling()
  const gaps: number[] = []
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = sockets.length
    const from = clock.now()
    sockets.at(-1)?.onclose({ code: 1006 })
    while (sockets.length === before) clock.advance(100)
    gaps.push(clock.now() - from)
  }
  expect(gaps[0]).toBeLessThanOrEqual(1_000)
  expect(gaps.at(-1)).toBeGreaterThan(15_000)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000)
})

test('a relay that opens the socket only to close it is not asked any faster for that', () => {
  const { clock } = signalling()
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const before = sockets.length
    sockets.at(-1)?.onopen()
    sockets.at(-1)?.onclose({ code: 4503 })
    while (sockets.length === before) clock.advance(100)
  }
  const from = clock.now()
  const before = sockets.length
  sockets.at(-1)?.onopen()
  sockets.at(-1)?.onclose({ code: 4503 })
  while (sockets.length === before) clock.advance(100)
  expect(clock.now() - from).toBeGreaterThan(10_000)
})

test.each([4400, 4401, 4403])('after %d it stays away until it is revived', code => {
  const { made, clock, socket } = signalling()
  socket.onopen()
  socket.onclose({ code })
  clock.advance(3_600_000)
  expect(sockets).toHaveLength(1)
  made.revive()
  expect(sockets).toHaveLength(2)
})

test('what is no JSON is not read', () => {
  const { socket } = signalling()
  socket.onopen()
  for (const data of ['', '{', 'null', new ArrayBuffer(4)])
    expect(() => socket.onmessage({ data })).not.toThrow()
})

test('once destroyed it leaves no socket, task or attempt behind', () => {
  const { made, clock, socket } = signalling()
  socket.onopen()
  made.destroy()
  expect([socket.isClosed, clock.waiting]).toEqual([true, 0])
  socket.onclose({ code: 1000 })
  made.revive()
  made.announce()
  expect([sockets.length, clock.waiting]).toEqual([1, 0])
})
