import { Writable } from 'node:stream'
import { beforeEach, expect, test } from 'vitest'
import { boardTag, createLogger } from './log.ts'

const BOARD = 'AAAAbbbb1111-_22222xyz'

let lines: string[]
let logger: ReturnType<typeof createLogger>

beforeEach(() => {
  lines = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  logger = createLogger('info', destination)
})

test('a board is logged by its tag, which is the same each time', () => {
  logger.info({ board: BOARD }, 'opened')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ board: boardTag(BOARD), msg: 'opened' })
  expect(boardTag(BOARD)).toMatch(/^[0-9a-f]{12}$/)
})

test.each([
  ['a message', () => logger.warn({}, `Record 3 of board ${BOARD} is missing.`)],
  ['an error', () => logger.error({ err: new Error(`boards/${BOARD}/keys is damaged`) }, 'failed')],
  [
    "an error's cause",
    () => logger.error({ err: new Error('no', { cause: new Error(`Board ${BOARD} is gone`) }) }, 'x'),
  ],
  ['a reason that is thrown as a text', () => logger.error({ err: `boards/${BOARD}/snapshots/1` }, 'failed')],
  [
    'the reason of a store',
    () => logger.error({ reason: `boards/${BOARD}/snapshots/1 cannot be read` }, 'failed'),
  ],
])('an id in %s is replaced by the tag', (_where, log) => {
  log()
  expect(lines.join('')).not.toContain(BOARD)
  expect(lines.join('')).toContain(boardTag(BOARD))
})

test('fields that hold secrets are left out, also inside objects', () => {
  logger.info(
    { credential: 'hush', request: { headers: { authorization: 'hush' } }, auth: { token: 'hush' } },
    'x',
  )
  expect(lines.join('')).not.toContain('hush')
})

test('what a library hangs on an error besides its message is left out', () => {
  const err = Object.assign(new Error('denied'), { $response: { headers: { 'x-secret': 'hush' } } })
  logger.error({ err }, 'failed')
  expect(lines.join('')).not.toContain('hush')
  expect(lines.join('')).toContain('denied')
})

test('words of a sentence are no ids', () => {
  logger.warn({}, 'a board cannot be loaded or stored')
  expect(JSON.parse(lines[0] ?? '').msg).toBe('a board cannot be loaded or stored')
})
