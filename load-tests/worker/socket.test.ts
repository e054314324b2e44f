import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { clientFrame, OPCODE } from './frames.ts'
import { Socket } from './socket.ts'

let server: WebSocketServer
let url: string
let heard: Buffer[]
let closedWith: number[]
let socket: Socket

beforeEach(async () => {
  server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: offers => [...offers].find(each => each === 'known') ?? false,
    verifyClient: (info: { req: IncomingMessage }) => info.req.url !== '/closed',
  })
  await once(server, 'listening')
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  heard = []
})

afterEach(() => {
  socket.terminate()
  server.close()
})

/** Connects, and resolves to the server's end. */
async function meet(path = '/', offers: readonly string[] = []): Promise<WebSocket> {
  const connected = once(server, 'connection')
  const isOpen = new Promise<void>(resolve => start(path, offers, resolve))
  const [peer] = (await connected) as [WebSocket]
  await isOpen
  return peer
}

function start(path: string, offers: readonly string[], onOpen = () => undefined as unknown): void {
  const closes: number[] = []
  closedWith = closes
  socket = new Socket({
    ...{ url: `${url}${path}`, offers, from: null, onOpen },
    onMessage: message => heard.push(Buffer.from(message)),
    onClose: code => closes.push(code),
  })
}

const filled = (length: number): Buffer => Buffer.from(new Uint8Array(length).map((_, at) => at * 7))
const LENGTHS = [0, 1, 125, 126, 65_535, 65_536, 400_000]

test('messages of any length come as they were sent, both ways', async () => {
  const peer = await meet()
  const came: Buffer[] = []
  peer.on('message', (message: Buffer) => came.push(message))
  for (const length of LENGTHS) {
    peer.send(filled(length))
    socket.send(clientFrame(OPCODE.binary, filled(length)))
  }
  await expect.poll(() => [heard.length, came.length]).toEqual([LENGTHS.length, LENGTHS.length])
  for (const [at, length] of LENGTHS.entries()) {
    expect(filled(length).equals(heard[at] as Buffer)).toBe(true)
    expect(filled(length).equals(came[at] as Buffer)).toBe(true)
  }
})

test('a message in several frames is put together, and pings between them are answered', async () => {
  const peer = await meet()
  const pong = once(peer, 'pong')
  peer.send('one ', { fin: false })
  peer.ping('there?')
  peer.send('message', { fin: true })
  expect(String((await pong)[0])).toBe('there?')
  await expect.poll(() => heard.map(String)).toEqual(['one message'])
})

test.each([
  ['closes with a code', (peer: WebSocket) => peer.close(4403, 'why'), 4403],
  ['closes without one', (peer: WebSocket) => peer.close(), 1005],
  ['is gone', (peer: WebSocket) => peer.terminate(), 1006],
])('a server that %s is told so', async (_, leave, code) => {
  const peer = await meet()
  const gone = once(peer, 'close')
  leave(peer)
  await expect.poll(() => closedWith).toEqual([code])
  expect((await gone)[0]).toBe(code)
})

test.each([
  ['refuses', '/closed', []],
  ['knows none of the protocols', '/', ['unknown']],
])('a server that %s is not connected to', async (_, path, offers) => {
  let isOpen = false
  start(path, offers, () => {
    isOpen = true
  })
  await expect.poll(() => closedWith).toEqual([1006])
  expect(isOpen).toBe(false)
})

test('one of the protocols offered is agreed on', async () => {
  expect((await meet('/', ['unknown', 'known'])).protocol).toBe('known')
})

test('where nobody listens, that is told', async () => {
  url = 'ws://127.0.0.1:9'
  start('/', [])
  await expect.poll(() => closedWith).toEqual([1006])
})

test('nothing is heard while it pauses, and all of it afterwards', async () => {
  const peer = await meet()
  peer.send('before')
  await expect.poll(() => heard.length).toBe(1)
  socket.pause()
  peer.send('after')
  // Long enough for it to arrive.
  for (let round = 0; round < 3; round += 1) {
    socket.send(clientFrame(OPCODE.binary, filled(1)))
    await once(peer, 'message')
  }
  expect(heard.map(String)).toEqual(['before'])
  socket.resume()
  await expect.poll(() => heard.map(String)).toEqual(['before', 'after'])
})
