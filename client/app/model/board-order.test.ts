import { expect, test } from 'vitest'
import { type BoardOrder, sorted } from './board-order.ts'
import type { BoardContent, ListedBoard } from './listed-board.ts'

const content = (given: Partial<BoardContent>): BoardContent => ({
  changedAt: 0,
  bytes: 0,
  shapes: 0,
  text: '',
  pictures: null,
  ...given,
})

const board = (id: string, openedAt: number, title = id, about?: Partial<BoardContent>): ListedBoard => ({
  id,
  title,
  openedAt,
  viewOnly: false,
  content: about && content(about),
})

const boards = [
  board('old', 1, 'Zebra', { changedAt: 90, bytes: 10 }),
  board('new', 9, 'äpfel 10', { changedAt: 2, bytes: 500 }),
  board('mid', 5, 'Apfel 9'),
  board('none', 4, ''),
]

test.each<[BoardOrder, readonly string[]]>([
  ['opened', ['new', 'mid', 'none', 'old']],
  ['changed', ['old', 'mid', 'none', 'new']],
  ['name', ['mid', 'new', 'old', 'none']],
  ['size', ['new', 'old', 'mid', 'none']],
])('sorted by %s', (order, ids) => {
  expect(sorted(boards, order).map(({ id }) => id)).toEqual(ids)
  expect(sorted(boards.toReversed(), order).map(({ id }) => id)).toEqual(ids)
})

test('boards that are alike keep one order, so that cards do not change places', () => {
  const alike = ['c', 'a', 'b'].map(id => board(id, 7, 'Same'))
  expect(sorted(alike, 'name').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})
