import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../../shared/schema/read.ts'
import { DocBoard } from './doc-board.ts'

const shape = (text: string) => makeShape('rectangle', { id: 'a', pos: [0, 0], size: [9, 9], z: 'a0', text })

function two(text: string) {
  const mine = new Y.Doc()
  const board = new DocBoard(mine)
  board.transact([{ op: 'create', shape: shape(text) }])
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  const other = new DocBoard(theirs)
  return { mine, board, theirs, other, sync: () => Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs)) }
}

const splice = (at: number, remove: number, insert: string) =>
  [{ op: 'text', id: 'a', at, remove, insert } as const] as const

test('a caret stays between the same letters, also where letters repeat', () => {
  const { board, other, sync } = two('aa')
  const end = board.anchorAt('a', 2)
  const middle = board.anchorAt('a', 1)
  const start = board.anchorAt('a', 0)
  other.transact(splice(0, 0, 'a'))
  sync()
  const now = [end, middle, start].map(anchor => anchor && board.offsetOf('a', anchor))
  expect(now).toEqual([3, 2, 0])
})

test('a caret after removed letters is where they were', () => {
  const { board, other, sync } = two('one two three')
  const anchor = board.anchorAt('a', 7)
  other.transact(splice(2, 9, ''))
  sync()
  expect(anchor && board.offsetOf('a', anchor)).toBe(2)
})

test('an anchor in letters that have not come yet is unknown until they do', () => {
  const { board, other, sync } = two('one')
  other.transact(splice(3, 0, ' two'))
  const anchor = other.anchorAt('a', 7)
  if (!anchor) throw new Error('The shape has a text.')
  expect(board.offsetOf('a', anchor)).toBeUndefined()
  sync()
  expect(board.offsetOf('a', anchor)).toBe(7)
})

test('whatever another sends as an anchor is a place in the text or none', () => {
  const { board, mine } = two('one two')
  fc.assert(
    fc.property(fc.constantFrom(mine.clientID, 0, 1, 2 ** 32), fc.nat({ max: 40 }), (client, clock) => {
      const offset = board.offsetOf('a', [client, clock])
      if (offset !== undefined) expect(offset).toBeLessThanOrEqual(7)
    }),
  )
  expect(board.offsetOf('nowhere', 'start')).toBeUndefined()
  expect(board.anchorAt('nowhere', 0)).toBeUndefined()
})
