import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { until } from '../testing/until.ts'
import { jsonResponse } from './respond.ts'
import {
  type Adapter,
  at,
  closeOf,
  collect,
  freePort,
  HOST,
  MAX_PAYLOAD,
  once,
  portOf,
  rawExchange,
  recordingEndpoint,
  resetAfter,
  type Seen,
  serverParts,
  type Target,
  webSocket,
} from './server.testing.ts'
import type { Server } from './server.ts'

/** What every Server promises of its sockets. */
export function socketContract({ name, tls, make }: Adapter): void {
  describe(`sockets on ${name}`, () => {
    let server: Server
    let target: Target
    let seen: Seen[]
    let clients: WebSocket[]
    let stopped: boolean

    beforeEach(async () => {
      seen = []
      clients = []
      stopped = false
      server = make(
        serverParts(tls, { endpoints: [recordingEndpoint(seen)], respond: () => jsonResponse('page') }),
      )
      target = { port: await server.listen(HOST, 0), isSecure: tls !== null }
    })

    afterEach(async () => {
      for (const client of clients) client.terminate()
      if (!stopped) await server.stop()
    })

    /** A connected client, and what the server saw of it. */
    async function open(path = '/sync/board', protocols: string[] = []): Promise<[WebSocket, Seen]> {
      const before = seen.length
      const client = webSocket(target, path, protocols)
      clients.push(client)
      await once(client, 'open')
      await until(() => seen.length > before)
      return [client, at(seen, before)]
    }

    test('selects the subprotocol that the endpoint names, and hands it path, offers and headers', async () => {
      const [client, { request, socket }] = await open('/sync/a?x=y', ['first', 'driftboard.v1'])
      expect(request).toMatchObject({ path: '/sync/a', protocols: ['first', 'driftboard.v1'], address: HOST })
      expect([request.header('host'), request.header('origin')]).toEqual([`${HOST}:${target.port}`, ''])
      expect([client.protocol, socket.protocol]).toEqual(['driftboard.v1', 'driftboard.v1'])
    })

    test('selects none for a client that offers none', async () => {
      const [client, { socket, request }] = await open()
      expect([client.protocol, socket.protocol, request.protocols]).toEqual(['', '', []])
    })

    test('echoes binary messages byte by byte, text as text, in order', async () => {
      const [client, { messages, socket }] = await open()
      const received: (string | Buffer)[] = []
      client.on('message', (data: Buffer, isBinary) => received.push(isBinary ? data : data.toString()))
      const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 255))
      client.send(bytes)
      client.send('grüße')
      client.send(new Uint8Array())
      await until(() => messages.length === 3)
      for (const message of messages) socket.send(message)
      await until(() => received.length === 3)
      expect(received).toEqual([bytes, 'grüße', Buffer.alloc(0)])
    })

    test('hands out bytes that later messages do not overwrite and whose slice is a copy', async () => {
      const [client, { messages }] = await open()
      for (let round = 0; round < 50; round += 1) client.send(Buffer.alloc(100, round))
      await until(() => messages.length === 50)
      messages.forEach((message, round) => {
        if (typeof message === 'string') throw new Error('A binary message came as text.')
        expect(message).toEqual(new Uint8Array(100).fill(round))
        message.slice().fill(255)
        expect(message[0]).toBe(round)
      })
    })

    test('publishes to the subscribers of a topic, and a socket to all of them but itself', async () => {
      const [[one, first], [two, second], [three]] = [await open(), await open(), await open()]
      const heard = [one, two, three].map(collect)
      first.socket.subscribe('t')
      second.socket.subscribe('t')
      server.publish('t', Buffer.from('all'))
      first.socket.publish('t', Buffer.from('others'))
      await until(() => at(heard, 1).length === 2)
      second.socket.unsubscribe('t')
      server.publish('t', Buffer.from('still there'))
      server.publish('nobody', Buffer.from('lost'))
      await until(() => at(heard, 0).length === 2 && at(heard, 1).length === 2)
      expect(heard).toEqual([['all', 'still there'], ['all', 'others'], []])
    })

    test('leaving one topic loses nothing of another', async () => {
      const [client, { socket }] = await open()
      const heard = collect(client)
      socket.subscribe('kept')
      socket.subscribe('left')
      server.publish('kept', Buffer.from('1'))
      socket.unsubscribe('left')
      server.publish('left', Buffer.from('not for us'))
      server.publish('kept', Buffer.from('2'))
      await until(() => heard.length === 2)
      expect(heard).toEqual(['1', '2'])
    })

    test('keeps what is sent and what is published to one socket in order', async () => {
      const [client, { socket }] = await open()
      const heard = collect(client)
      const expected: string[] = []
      socket.subscribe('t')
      for (let round = 0; round < 200; round += 1) {
        const big = round % 7 === 0 ? 'x'.repeat(20_000) : ''
        expected.push(`s${round}`, `p${round}${big}`, `o${round}`)
        socket.send(Buffer.from(`s${round}`))
        server.publish('t', Buffer.from(`p${round}${big}`))
        socket.send(Buffer.from(`o${round}`))
      }
      await until(() => heard.length === 600)
      expect(heard).toEqual(expected)
    })

    test('a reader that stalls shows as buffered bytes, loses nothing, and drains when it reads on', async () => {
      const [client, saw] = await open()
      let received = 0
      client.on('message', (data: Buffer) => {
        received += data.length
      })
      saw.socket.subscribe('t')
      client.pause()
      const total = 300 * 100_000
      for (let round = 0; round < 150; round += 1) {
        saw.socket.send(Buffer.alloc(100_000))
        server.publish('t', Buffer.alloc(100_000))
      }
      await until(() => saw.socket.buffered > 1_000_000)
      expect(saw.drains).toBe(0)
      client.resume()
      await until(() => received === total)
      await until(() => saw.drains > 0 && saw.socket.buffered === 0)
    })

    test('a crowd that sends each other megabytes at once stays connected and hears all of it', async () => {
      const opened: Awaited<ReturnType<typeof open>>[] = []
      while (opened.length < 6) opened.push(await open())
      let heard = 0
      for (const [client, { socket }] of opened) {
        client.on('message', () => {
          heard += 1
        })
        socket.subscribe('t')
      }
      const pass = (saw: Seen) => {
        for (const message of saw.messages.splice(0))
          if (typeof message !== 'string') server.publish('t', message)
      }
      for (let round = 0; round < 40; round += 1)
        for (const [client] of opened) client.send(Buffer.alloc(MAX_PAYLOAD, round))
      await until(() => {
        for (const saw of seen) pass(saw)
        return heard === 6 * 6 * 40
      })
      expect(server.sockets).toBe(6)
    })

    test('closes with the code and reason given, cut to what a close frame takes', async () => {
      const [[one, first], [two, second]] = [await open(), await open()]
      const closes = [closeOf(one), closeOf(two)]
      first.socket.close(4400, 'because')
      second.socket.close(4503, 'ü'.repeat(200))
      const [short, long] = await Promise.all(closes)
      expect(short).toEqual({ code: 4400, reason: 'because' })
      expect(long).toEqual({ code: 4503, reason: 'ü'.repeat(61) })
    })

    test('tells the handler once that a socket closed, whoever closed it, and ignores later calls', async () => {
      const [[client, byClient], [, byServer], [gone, byLoss]] = [await open(), await open(), await open()]
      client.close()
      byServer.socket.close(4400, '')
      gone.terminate()
      await until(() => [byClient, byServer, byLoss].every(saw => saw.closes === 1))
      await until(() => server.sockets === 0)
      for (const { socket } of [byClient, byServer, byLoss]) {
        socket.send(Buffer.from('late'))
        socket.subscribe('t')
        socket.publish('t', Buffer.from('late'))
        socket.unsubscribe('t')
        socket.close(4400, '')
        expect(socket.buffered).toBe(0)
      }
      server.publish('t', Buffer.from('late'))
      expect([byClient.closes, byServer.closes, byLoss.closes]).toEqual([1, 1, 1])
    })

    test('a message over the payload limit closes its sender and nobody else', async () => {
      const [[big, saw], [other, bystander]] = [await open(), await open()]
      const closed = closeOf(big)
      big.send(Buffer.alloc(MAX_PAYLOAD + 1))
      expect([1006, 1009]).toContain((await closed).code)
      expect(saw.messages).toEqual([])
      other.send(Buffer.from('fine'))
      await until(() => bystander.messages.length === 1)
    })

    test('bytes that are no WebSocket, and a frame that breaks the protocol, harm nobody else', async () => {
      const [other, bystander] = await open()
      await rawExchange(target, 'nonsense\r\n\r\n')
      const handshake = 'GET /sync/x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'
      await rawExchange(target, handshake + key, Buffer.from([0xf2, 0x80, 0, 0, 0, 0]))
      other.send(Buffer.from('fine'))
      await until(() => bystander.messages.length === 1)
    })

    test('an upgrade of another path is not accepted', async () => {
      const client = webSocket(target, '/elsewhere')
      const error = await once(client, 'error')
      expect(String(error)).toMatch(/Unexpected server response/)
      expect(seen).toEqual([])
    })

    test('clients that ask for another path and reset their connection harm nobody else', async () => {
      const [other, bystander] = await open()
      const ask = 'GET /elsewhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
      for (let round = 0; round < 30; round += 1) await resetAfter(target, ask + 'x'.repeat(100_000))
      other.send(Buffer.from('fine'))
      await until(() => bystander.messages.length === 1)
    })

    test('a port in use is a clear error, whoever uses it', async () => {
      const second = make(serverParts(tls))
      await expect(second.listen(HOST, target.port)).rejects.toThrow(
        /PORT: cannot listen on 127\.0\.0\.1:\d+.*set PORT/,
      )
      const other = createServer()
      await new Promise<void>(resolve => other.listen(0, HOST, resolve))
      const third = make(serverParts(tls))
      await expect(third.listen(HOST, portOf(other))).rejects.toThrow(/PORT: cannot listen/)
      other.close()
    })

    test('stopping closes everybody with 1001, a peer that does not answer too', async () => {
      const [polite] = await open()
      const [deaf, unheard] = await open()
      deaf.pause()
      const closed = closeOf(polite)
      await server.stop()
      stopped = true
      expect((await closed).code).toBe(1001)
      await until(() => unheard.closes === 1)
    })

    test('a port is free for the next server at once, though clients of the last one linger', async () => {
      const fixed = await freePort()
      const parts = serverParts(tls, { endpoints: [recordingEndpoint(seen)] })
      const first = make(parts)
      await first.listen(HOST, fixed)
      const lingering = webSocket({ ...target, port: fixed }, '/sync/a')
      clients.push(lingering)
      await once(lingering, 'open')
      lingering.pause()
      await first.stop()
      const next = make(parts)
      expect(await next.listen(HOST, fixed)).toBe(fixed)
      await next.stop()
    })

    test('after stopListening nobody new gets in and those inside stay', async () => {
      const [client, saw] = await open()
      server.stopListening()
      const late = webSocket(target, '/sync/late')
      expect(String(await once(late, 'error'))).toMatch(/ECONNREFUSED/)
      client.send(Buffer.from('still here'))
      await until(() => saw.messages.length === 1)
    })
  })
}
