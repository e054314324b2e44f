import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../testing/until.ts'
import { hashOf, MIB, patterned, piecesOf, settled, sha256, streamed } from './bodies.testing.ts'
import { ClientGone } from './incoming.ts'
import { trustedProxies } from './proxy.ts'
import { jsonResponse, textResponse } from './respond.ts'
import { type Adapter, ask, closed, dial, HOST, serverParts, type Target } from './server.testing.ts'
import type { HttpRequest, HttpResponse, Server, ServerParts } from './server.ts'

/** Bytes that a socket and the machine's own buffers may take on top of what an end has asked for. */
const BUFFERED = 16 * MIB

/** What every Server promises of its requests and answers. */
export function requestContract({ name, tls, make }: Adapter): void {
  describe(`requests on ${name}`, () => {
    let server: Server
    let target: Target
    let respond: ServerParts['respond']

    beforeEach(async () => {
      respond = echo
      const trustedProxy = trustedProxies('')
      server = make(serverParts(tls, { respond: request => respond(request), trustedProxy }))
      target = { port: await server.listen(HOST, 0), isSecure: tls !== null }
    })
    afterEach(() => server.stop())

    test('reach the route as they came, and HEAD is answered without a body', async () => {
      const got = await ask(target, '/b/../etc/passwd?x=1&y', { headers: { 'if-none-match': '"tag"' } })
      expect(JSON.parse(got.body.toString())).toEqual({
        method: 'GET',
        path: '/b/../etc/passwd',
        query: 'x=1&y',
        tag: '"tag"',
        missing: '',
        address: HOST,
      })
      const head = await ask(target, '/', { method: 'HEAD' })
      expect([head.status, head.body.length]).toEqual([200, 0])
      expect(Number(head.headers['content-length'])).toBeGreaterThan(0)
    })

    test('several headers of one name come joined, whoever added them', async () => {
      respond = ({ header }) => textResponse(200, header('x-forwarded-for'))
      const got = await ask(target, '/', { headers: { 'x-forwarded-for': ['192.0.2.1', '192.0.2.2'] } })
      expect(got.body.toString()).toBe('192.0.2.1, 192.0.2.2\n')
    })

    test('a route that answers late, fails or throws is answered for', async () => {
      respond = async () => {
        await new Promise(resolve => setImmediate(resolve))
        return textResponse(201, 'late')
      }
      expect(await ask(target, '/')).toMatchObject({ status: 201 })
      respond = async () => Promise.reject(new Error('secret detail'))
      const rejected = await ask(target, '/')
      respond = () => {
        throw new Error('secret detail')
      }
      const thrown = await ask(target, '/')
      for (const { status, body } of [rejected, thrown]) {
        expect(status).toBe(500)
        expect(body.toString()).not.toContain('secret')
      }
    })

    test.each([204, 304])('%i has neither a body nor a length', async status => {
      respond = () => ({ status, headers: { etag: '"x"' }, body: new Uint8Array() })
      const got = await ask(target, '/')
      expect([got.status, got.headers.etag, got.headers['content-length']]).toEqual([
        status,
        '"x"',
        undefined,
      ])
    })

    test.each([0, 1, 3 * MIB])(
      'a body of %i bytes arrives as it was sent, whole or in chunks',
      async size => {
        respond = async ({ body }) => jsonResponse(await hashOf(body))
        const body = patterned(size)
        const whole = await ask(target, '/', {
          method: 'PUT',
          body,
          headers: { 'content-length': String(size) },
        })
        const chunked = await ask(target, '/', {
          method: 'PUT',
          body,
          headers: { 'transfer-encoding': 'chunked' },
        })
        const expected = { bytes: size, hash: sha256(body) }
        expect(JSON.parse(whole.body.toString())).toEqual(expected)
        expect(JSON.parse(chunked.body.toString())).toEqual(expected)
      },
    )

    test('a sender is held back while nobody reads, and its connection serves the next request', async () => {
      let mayRead = () => {}
      const reading = new Promise<void>(resolve => {
        mayRead = resolve
      })
      respond = async ({ body, path }) => {
        if (path === '/next') return textResponse(200, 'next')
        await reading
        return jsonResponse(await hashOf(body))
      }
      const size = 64 * MIB
      const stream = dial(target)
      let heard = ''
      stream.on('data', piece => {
        heard += piece
      })
      stream.write(`PUT /first HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`)
      let sent = 0
      const send = () => {
        while (sent < size) {
          sent += MIB
          if (!stream.write(Buffer.alloc(MIB))) return void stream.once('drain', send)
        }
      }
      send()
      const before = await settled(() => sent)
      expect(before).toBeLessThan(BUFFERED)
      mayRead()
      await until(() => heard.includes(`"bytes":${size}`))
      stream.write('GET /next HTTP/1.1\r\nHost: x\r\n\r\n')
      await until(() => heard.endsWith('next\n'))
      stream.destroy()
    })

    test('a client that goes before the end of its request ends the reading of it', async () => {
      let outcome: unknown = null
      respond = async ({ body }) => {
        outcome = await hashOf(body).catch(error => error)
        return textResponse(200, 'never read')
      }
      const stream = dial(target)
      stream.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly this', () =>
        stream.destroy(),
      )
      await until(() => outcome !== null)
      expect(outcome).toBeInstanceOf(ClientGone)
    })

    test('an answer that does not wait for the request’s body arrives, however long that is', async () => {
      respond = () => textResponse(413, 'too large')
      const got = await ask(target, '/', { method: 'PUT', body: Buffer.alloc(8 * MIB) })
      expect([got.status, got.body.toString()]).toEqual([413, 'too large\n'])
      respond = async ({ body }) => {
        for await (const piece of body) return textResponse(415, `after ${piece.length > 0}`)
        return textResponse(200, 'empty')
      }
      const partly = await ask(target, '/', { method: 'PUT', body: Buffer.alloc(8 * MIB) })
      expect([partly.status, partly.body.toString()]).toEqual([415, 'after true\n'])
    })

    test.each([0, 1, 20 * MIB])('a stream of %i bytes arrives as it is, with its length', async size => {
      const content = patterned(size)
      respond = () => streamed(size, piecesOf(content, 100_000))
      const got = await ask(target, '/')
      expect([got.status, got.headers['content-length']]).toEqual([200, String(size)])
      expect([got.body.length, sha256(got.body)]).toEqual([size, sha256(content)])
      expect((await ask(target, '/', { method: 'HEAD' })).headers['content-length']).toBe(String(size))
    })

    test('a stream goes no faster than its reader, and ends when the reader is gone', async () => {
      let given = 0
      let hasEnded = false
      const size = 256 * MIB
      respond = () =>
        streamed(
          size,
          (async function* () {
            try {
              for (; given < size; given += MIB) yield new Uint8Array(MIB)
            } finally {
              hasEnded = true
            }
          })(),
        )
      const stream = dial(target)
      stream.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      stream.pause()
      expect(await settled(() => given)).toBeLessThan(BUFFERED)
      stream.resume()
      await until(() => given > 64 * MIB)
      stream.destroy()
      await until(() => hasEnded)
      expect(given).toBeLessThan(size)
    })

    test.each([
      ['fails', 3, true],
      ['is shorter than it said', 3, false],
      ['is longer than it said', 1, false],
    ])('a stream that %s breaks the answer off', async (_how, said, fails) => {
      respond = () =>
        streamed(
          said * 1000,
          (async function* () {
            yield new Uint8Array(600)
            await new Promise(resolve => setImmediate(resolve))
            yield new Uint8Array(600)
            if (fails) throw new Error('the store is gone')
          })(),
        )
      await expect(ask(target, '/')).rejects.toThrow(/aborted|hang up|ECONNRESET/)
      respond = echo
      expect(await ask(target, '/')).toMatchObject({ status: 200 })
    })

    test('a client that goes while its route thinks harms nobody', async () => {
      let begun = 0
      let go = () => {}
      const thinking = new Promise<void>(resolve => {
        go = resolve
      })
      respond = async request => {
        begun += 1
        if (request.path === '/slow') await thinking
        return request.path === '/stream' ? streamed(3, piecesOf(Buffer.from('abc'), 1)) : echo(request)
      }
      for (const method of ['GET', 'HEAD', 'PUT']) {
        const stream = dial(target)
        stream.write(`${method} /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc`)
        await until(() => begun > 0)
        begun = 0
        stream.destroy()
        await closed(stream)
      }
      go()
      expect((await ask(target, '/stream')).body.toString()).toBe('abc')
    })
  })

  describe(`behind a proxy, ${name}`, () => {
    test.each([
      ['loopback', '192.0.2.66, 192.0.2.7', '192.0.2.7'],
      ['', '192.0.2.66, 192.0.2.7', HOST],
    ])('with TRUST_PROXY "%s" a client is told by %s to be %s', async (trusted, forwarded, address) => {
      const respond = (request: HttpRequest) => textResponse(200, request.address)
      const server = make(serverParts(tls, { respond, trustedProxy: trustedProxies(trusted) }))
      const target = { port: await server.listen(HOST, 0), isSecure: tls !== null }
      const got = await ask(target, '/', { headers: { 'x-forwarded-for': forwarded } })
      expect(got.body.toString()).toBe(`${address}\n`)
      await server.stop()
    })
  })
}

function echo({ method, path, query, header, address }: HttpRequest): HttpResponse {
  return jsonResponse({
    method,
    path,
    query,
    tag: header('if-none-match'),
    missing: header('x-none'),
    address,
  })
}
