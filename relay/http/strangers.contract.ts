import { describe, expect, type TestContext, test } from 'vitest'
import { until } from '../testing/until.ts'
import { textResponse } from './respond.ts'
import {
  type Adapter,
  ask,
  closed,
  dial,
  HOST,
  once,
  serverParts,
  type Target,
  webSocket,
} from './server.testing.ts'
import type { Endpoint } from './server.ts'

/** Connections that say nothing, or half of something, at once. */
const SILENT = 150

/** ms. uWebSockets.js looks every 4 s, and starts to count anew when its answer is out. */
const SLACK = 30_000

const UPGRADE = [
  'GET /sync/x HTTP/1.1',
  'Host: x',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n')

const ENDLESS = 'a'.repeat(1_000_000)

const BEGINNINGS = ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: x\r\n', `${UPGRADE}\r\n`]

interface Guest {
  readonly target: Target
  /** What became of the upgrades, in order. */
  readonly outcomes: string[]
  /** Lets the endpoint decide on /sync/slow. */
  decide(): void
}

/** @param onTestFinished of the test itself: the global one does not know which of several at once it is in */
async function guestOf(
  { tls, make }: Adapter,
  onTestFinished: TestContext['onTestFinished'],
): Promise<Guest> {
  const outcomes: string[] = []
  let decide = () => {}
  const decision = new Promise<void>(resolve => {
    decide = resolve
  })
  const respond = () => textResponse(200, 'served')
  const server = make(serverParts(tls, { respond, endpoints: [refusingEndpoint(outcomes, decision)] }))
  onTestFinished(() => server.stop())
  return { target: { port: await server.listen(HOST, 0), isSecure: tls !== null }, outcomes, decide }
}

function refusingEndpoint(outcomes: string[], decision: Promise<void>): Endpoint {
  return {
    pattern: '/sync/*',
    maxPayload: 1000,
    async upgrade({ path }) {
      outcomes.push('asked')
      if (path === '/sync/fail') throw new Error('a mistake')
      if (path === '/sync/slow') await decision
      return {
        protocol: '',
        abandoned: () => void outcomes.push('abandoned'),
        connect(socket) {
          outcomes.push('connected')
          socket.close(4403, 'No.')
          const closed = () => void outcomes.push('closed')
          return { message: () => undefined, drained: () => undefined, closed }
        },
      }
    },
  }
}

/** What every Server promises about those who do not mean well. The tests wait for timeouts, and so run at once. */
export function strangerContract(adapter: Adapter): void {
  describe.concurrent(`strangers at ${adapter.name}`, () => {
    const patience = adapter.headTimeout + SLACK

    test(
      'who says nothing, or half of something, is let go of, and others are served meanwhile',
      async ({ onTestFinished }) => {
        const { target, outcomes } = await guestOf(adapter, onTestFinished)
        let gone = 0
        const streams = Array.from({ length: SILENT }, (_, index) => {
          // With TLS every fifth does not even begin its handshake.
          const isSecure = target.isSecure && index % 5 > 0
          const beginning = isSecure === target.isSecure ? (BEGINNINGS[index % 4] ?? '') : ''
          const stream = dial({ ...target, isSecure }, () => stream.write(beginning))
          void closed(stream).then(() => {
            gone += 1
          })
          return stream.resume()
        })
        const drip = setInterval(() => {
          for (const stream of streams.slice(0, 20)) if (stream.writable) stream.write('x')
        }, 500)
        expect((await ask(target, '/')).body.toString()).toBe('served\n')
        expect(gone).toBeLessThan(SILENT)
        await Promise.all(streams.map(stream => stream.closed || closed(stream)))
        clearInterval(drip)
        expect(outcomes).toEqual([])
      },
      patience,
    )

    test('who goes while it is decided on is abandoned, once, and not connected', async ({
      onTestFinished,
    }) => {
      const { target, outcomes, decide } = await guestOf(adapter, onTestFinished)
      const stream = dial(target)
      stream.write(`${UPGRADE.replace('/sync/x', '/sync/slow')}\r\n\r\n`)
      await until(() => outcomes.length === 1)
      stream.destroy()
      await closed(stream)
      // The other end hears of it on its own: a later request has been served by then.
      await ask(target, '/')
      decide()
      await until(() => outcomes.length === 2)
      expect(outcomes).toEqual(['asked', 'abandoned'])
    })

    test('an endpoint that fails is answered with 500, and others are served', async ({ onTestFinished }) => {
      const { target } = await guestOf(adapter, onTestFinished)
      expect(String(await once(webSocket(target, '/sync/fail'), 'error'))).toMatch(/500/)
      expect((await ask(target, '/')).status).toBe(200)
    })

    test(
      'a refused client that never closes its end is disconnected',
      async ({ onTestFinished }) => {
        const { target, outcomes } = await guestOf(adapter, onTestFinished)
        const stream = dial(target, undefined, { allowHalfOpen: true })
        stream.write(`${UPGRADE}\r\n\r\n`)
        stream.resume()
        await until(() => outcomes.includes('connected'))
        // Writing on is all that shows it: once the socket at the other end is gone, that is answered by a reset.
        const writing = setInterval(() => stream.write(Buffer.alloc(10)), 100)
        await closed(stream)
        clearInterval(writing)
        expect(outcomes).toEqual(['asked', 'connected', 'closed'])
      },
      patience,
    )

    test.for([
      { what: 'a header', bytes: `GET / HTTP/1.1\r\nHost: x\r\nX: ${ENDLESS}\r\n\r\n` },
      { what: 'a credential', bytes: `${UPGRADE}\r\nSec-WebSocket-Protocol: auth.${ENDLESS}\r\n\r\n` },
      { what: 'a number of headers', bytes: `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(10_000)}\r\n` },
    ])(
      '$what over every bound ends its connection and harms nobody else',
      { timeout: patience },
      async ({ bytes }, { onTestFinished }) => {
        const { target, outcomes } = await guestOf(adapter, onTestFinished)
        const stream = dial(target)
        stream.resume()
        stream.write(bytes)
        await closed(stream)
        expect(outcomes).toEqual([])
        expect((await ask(target, '/')).status).toBe(200)
      },
    )
  })
}
