import { expect, test } from 'vitest'
import { boardLinkIn, boardPath, parseRoute } from './routes.ts'

const ID = 'AAAAbbbbCCCCdddd-_0123'
const route = (path: string) => parseRoute(new URL(path, 'https://boards.example'))

test.each(['/', '', '/index.html', '/?from=mail', '/?new=1', '/#top'])('%j leads home', path => {
  expect(route(path)).toEqual({ at: 'home' })
})

test("the shortcut's address leads to a new board", () => {
  expect(route('/?new')).toEqual({ at: 'new' })
})

test.each([`/b/${ID}`, `/b/${ID}/`, `/b/${ID}?x=1#`])('%s leads to the board', path => {
  expect(route(path)).toEqual({ at: 'board', id: ID, fragment: '' })
})

test('what comes after the # goes with the board', () => {
  expect(route(`/b/${ID}?x=1#e.abc`)).toEqual({ at: 'board', id: ID, fragment: 'e.abc' })
})

test.each(['', 'e.abc-_'])(
  'the path of a board with the fragment %j leads to that board with it',
  fragment => {
    expect(route(boardPath(ID, fragment))).toEqual({ at: 'board', id: ID, fragment })
  },
)

test.each([
  '/b/short',
  `/b/${'a'.repeat(65)}`,
  '/b/%2e%2e%2fetc%2fpasswd-aaaaaaa',
  '/b/<script>aaaaaaaaaaaaaaaa',
])('%s is a link to no board, and says so', path => {
  expect(route(path)).toMatchObject({ at: 'nowhere', title: expect.stringContaining('board') })
})

test.each(['/boards', '/b', `/b/${ID}/more`, `/x/${ID}`])('%s is no page', path => {
  expect(route(path)).toMatchObject({ at: 'nowhere', title: expect.stringContaining('page') })
})

test.each([
  ID,
  `  ${ID}\n`,
  `/b/${ID}`,
  `https://other.example/b/${ID}`,
  `http://localhost:8787/b/${ID}/?a=b`,
])('the board is found in %j', text => {
  expect(boardLinkIn(text)).toEqual({ id: ID, fragment: '' })
})

test.each([`${ID}#e.abc-_`, ` https://other.example/b/${ID}#e.abc-_\n`, `/b/${ID}/?a=b#e.abc-_`])(
  'the key is found in %j, too',
  text => {
    expect(boardLinkIn(text)).toEqual({ id: ID, fragment: 'e.abc-_' })
  },
)

test.each([
  '',
  'hello',
  'https://boards.example/',
  `https://boards.example/c/${ID}`,
  '/b/short',
  `${ID} ${ID}`,
])('no board is found in %j', text => {
  expect(boardLinkIn(text)).toBeUndefined()
})
