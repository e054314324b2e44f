import { expect, test } from 'vitest'
import { type Command, parseCommand, UsageError } from './command.ts'

const BOARD = 'a-board-of-mine-1'

test.each<[string, Command]>([
  ['', { name: 'serve' }],
  ['serve', { name: 'serve' }],
  ['help', { name: 'help' }],
  ['--help', { name: 'help' }],
  ['-h', { name: 'help' }],
  ['export --help', { name: 'help' }],
  ['--version', { name: 'version' }],
  [`export ${BOARD} --out a.yjs`, { name: 'export', board: BOARD, out: 'a.yjs', format: 'v2' }],
  [
    `export --format=json --out=a.json ${BOARD}`,
    { name: 'export', board: BOARD, out: 'a.json', format: 'json' },
  ],
  [`import a.yjs --board ${BOARD}`, { name: 'import', file: 'a.yjs', board: BOARD, force: false }],
  [`import --force a.yjs --board ${BOARD}`, { name: 'import', file: 'a.yjs', board: BOARD, force: true }],
  ['verify', { name: 'verify', board: null }],
  ['verify -looks-like-an-option', { name: 'verify', board: '-looks-like-an-option' }],
  [
    'import a.yjs --board --an-id-with-dashes',
    { name: 'import', file: 'a.yjs', board: '--an-id-with-dashes', force: false },
  ],
  [`verify ${BOARD}`, { name: 'verify', board: BOARD }],
])('"%s" is understood', (line, command) => {
  expect(parseCommand(line.split(' ').filter(Boolean))).toEqual(command)
})

test.each([
  ['sever', 'There is no command "sever".'],
  ['toString', 'There is no command "toString".'],
  ['serve now', 'serve does not know what to do with "now".'],
  ['serve --force', 'serve has no option --force.'],
  ['--port 80', "Unknown option '--port'"],
  ['export', 'export <board> is missing.'],
  [`export ${BOARD}`, '--out <file> is missing.'],
  [`export ${BOARD} --out`, "Option '--out <value>' argument missing"],
  [`export ${BOARD} --out a --format v3`, '--format=v3 is not known. Use one of: v1, v2, json.'],
  ['export ../../etc --out a', '"../../etc" is not the id of a board'],
  ['import a.yjs', '--board <id> is missing.'],
  [`import --board ${BOARD}`, 'import <file> is missing.'],
  [`import a b --board ${BOARD}`, 'import does not know what to do with "b".'],
  ['verify short', '"short" is not the id of a board'],
])('"%s" is refused with what is wrong', (line, reason) => {
  const parse = () => parseCommand(line.split(' '))
  expect(parse).toThrow(UsageError)
  expect(parse).toThrow(reason)
})
