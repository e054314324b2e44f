import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { guarded, guardedRoutes } from './guard.ts'
import { ClientGone } from './incoming.ts'
import { testRequest } from './server.testing.ts'
import type { Endpoint, HttpResponse, Socket } from './server.ts'

function closable(): { socket: Socket; codes: number[] } {
  const codes: number[] = []
  const ignore = () => undefined
  const socket: Socket = {
    protocol: '',
    buffered: 0,
    send: ignore,
    subscribe: ignore,
    unsubscribe: ignore,
    publish: ignore,
    close: code => void codes.push(code),
    drop: ignore,
  }
  return { socket, codes }
}

test('a message that meets a mistake of ours closes its sender, is logged, and harms nobody else', async () => {
  const heard: string[] = []
  const endpoint: Endpoint = {
    pattern: '/x',
    maxPayload: 10,
    upgrade: async () => ({
      protocol: 'p',
      abandoned: () => heard.push('abandoned'),
      connect: () => ({
        message: message => {
          if (message === 'bad') throw new RangeError('a mistake')
          heard.push(String(message))
        },
        drained: () => heard.push('drained'),
        closed: () => heard.push('closed'),
      }),
    }),
  }
  const errors: object[] = []
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => errors.push(fields),
  }
  const { connect, protocol, abandoned } = await guarded(endpoint, logger).upgrade({
    path: '/x',
    protocols: [],
    header: () => '',
    address: '192.0.2.1',
  })
  const [mallory, ben] = [closable(), closable()]
  const [first, second] = [connect(mallory.socket), connect(ben.socket)]
  expect(() => first.message('bad')).not.toThrow()
  second.message('good')
  second.drained()
  second.closed()
  abandoned()
  expect([mallory.codes, ben.codes, protocol]).toEqual([[CLOSE.unavailable], [], 'p'])
  expect(heard).toEqual(['good', 'drained', 'closed', 'abandoned'])
  expect(errors).toEqual([{ err: new RangeError('a mistake') }])
})

function watching() {
  const errors: object[] = []
  const ignore = () => undefined
  return {
    errors,
    logger: { info: ignore, warn: ignore, error: (fields: object) => void errors.push(fields) },
  }
}

test('a route that fails is answered with 500 and logged, without the path, which is a secret', async () => {
  const { errors, logger } = watching()
  const fails = guardedRoutes(() => Promise.reject(new RangeError('a mistake')), logger)
  const got = await fails(testRequest('/api/boards/secret-board-of-mine/keys', { method: 'POST' }))
  expect([got.status, errors]).toEqual([500, [{ err: new RangeError('a mistake'), method: 'POST' }]])
  expect(JSON.stringify([got.headers, String(got.body)])).not.toMatch(/mistake/)
})

test('a client that goes away while it sends is nobody’s mistake', async () => {
  const { errors, logger } = watching()
  await guardedRoutes(() => Promise.reject(new ClientGone('gone')), logger)(testRequest('/'))
  expect(errors).toEqual([])
})

test('a download that breaks off is logged, and still breaks off', async () => {
  const { errors, logger } = watching()
  async function* content() {
    yield new Uint8Array(1)
    throw new Error('the store is gone')
  }
  const response: HttpResponse = { status: 200, headers: {}, body: { bytes: 2, content: content() } }
  const { body } = await guardedRoutes(() => response, logger)(testRequest('/'))
  if (body instanceof Uint8Array) throw new Error('The stream has become whole.')
  const read = async () => {
    for await (const piece of body.content) expect(piece.length).toBe(1)
  }
  await expect(read()).rejects.toThrow('the store is gone')
  expect(errors).toHaveLength(1)
})
