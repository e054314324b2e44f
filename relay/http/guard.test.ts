import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { guarded } from './guard.ts'
import type { Endpoint, Socket } from './server.ts'

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
  const { connect, protocol } = await guarded(endpoint, logger).upgrade({
    path: '/x',
    query: '',
    protocols: [],
  })
  const [mallory, ben] = [closable(), closable()]
  const [first, second] = [connect(mallory.socket), connect(ben.socket)]
  expect(() => first.message('bad')).not.toThrow()
  second.message('good')
  second.drained()
  second.closed()
  expect([mallory.codes, ben.codes, protocol]).toEqual([[CLOSE.unavailable], [], 'p'])
  expect(heard).toEqual(['good', 'drained', 'closed'])
  expect(errors).toEqual([{ err: new RangeError('a mistake') }])
})
