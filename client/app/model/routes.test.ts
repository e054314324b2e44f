import { expect, test } from 'vitest'
import { boardIdIn, boardPath, parseRoute } from './routes.ts'

const ID = 'AAAAbbbbCCCCdddd-_0123'
const route = (path: string) => parseRoute(new URL(path, 'https://boards.example'))

test.each(['/', '', '/index.html', '/?from=mail', '/#top'])('%j leads home', path => {
  expect(route(path)).toEqual({ at: 'home' })
})

test.each([`/b/${ID}`, `/b/${ID}/`, `/b/${ID}?x=1#y`])('%s leads to the board', path => {
  expect(route(path)).toEqual({ at: 'board', id: ID })
})

test('the path of a board leads to that board', () => {
  expect(route(boardPath(ID))).toEqual({ at: 'board', id: ID })
})

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
  `http://localhost:8787/b/${ID}/?a=b#c`,
])('the board is found in %j', text => {
  expect(boardIdIn(text)).toBe(ID)
})

test.each([
  '',
  'hello',
  'https://boards.example/',
  `https://boards.example/c/${ID}`,
  '/b/short',
  `${ID} ${ID}`,
])('no board is found in %j', text => {
  expect(boardIdIn(text)).toBeUndefined()
})
