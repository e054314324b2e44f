import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { probe } from './probe.ts'

/** ms: long against one turn on loopback. */
const SOON = 150

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function urlOf(server: Server | TcpServer): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A WebSocket server that says this to everybody at once. */
async function saying(message: Uint8Array | null, code?: number): Promise<string> {
  const server = createServer()
  new WebSocketServer({ server }).on('connection', socket => {
    if (message) socket.send(message)
    if (code) socket.close(code, 'go away')
  })
  return urlOf(server)
}

const asked = (url: string, patience = 5000): Promise<void> =>
  probe({ url, target: 'y-websocket', run: 'load-a', access: { by: 'nothing' } }, patience)

test('a server that takes connections and never answers is named in bounded time', async () => {
  const server = createTcpServer(socket => {
    socket.on('error', () => undefined)
    stops.push(() => socket.destroy())
  })
  await expect(asked(await urlOf(server), SOON)).rejects.toThrow(
    'did not answer in 0.15 s. Is it a WebSocket',
  )
})

test('a web server is named as one', async () => {
  const url = await urlOf(createServer((_request, response) => response.end('hello')))
  // Node's own answer to an upgrade that nobody takes.
  await expect(asked(url)).rejects.toThrow(/answers with HTTP 200, not as a WebSocket/)
})

test('a WebSocket server that gives no board is named in bounded time', async () => {
  await expect(asked(await saying(null), SOON)).rejects.toThrow(
    'gave no board in 0.15 s. Is --protocol y-websocket right?',
  )
})

test('one that speaks another protocol, or closes, or is not there, is named as that', async () => {
  await expect(asked(await saying(Uint8Array.of(0, 77)))).rejects.toThrow('is not understood as y-websocket')
  await expect(asked(await saying(null, 4403))).rejects.toThrow('closed the first board with 4403: go away.')
  await expect(asked('ws://127.0.0.1:9')).rejects.toThrow('cannot be reached')
})

test('a relay that answers is good', async () => {
  const answer = encodeFrame({ type: 'syncStep2', update: Uint8Array.of(0, 0) })
  await expect(asked(await saying(answer))).resolves.toBeUndefined()
})
