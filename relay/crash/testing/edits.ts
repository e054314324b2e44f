import type { Board, Edit } from '../../../client/board/board.ts'
import { keyBetween } from '../../../shared/schema/order.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { inkKeys } from '../../../shared/shapes/ink.ts'
import { newId } from '../../../shared/util/ids.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'

/** `large`: texts so long that the log is worth merging after a few. */
export type Editing = 'small' | 'large'

/** UTF-16 code units. */
const LONG_TEXT = 15_000

/** What a person does next: makes, moves, writes into, or removes a shape, or names the board. Each leaves a trace. */
export function nextEdit(board: Board, random: Random, editing: Editing): Edit[] {
  const shapes = board.ordered.filter(shape => shape.type !== 'unreadable')
  const shape = shapes[randomInt(random, shapes.length)]
  const roll = random.next()
  if (!shape || roll < 0.35) return [{ op: 'create', shape: newShape(board, random, editing) }]
  if (roll < 0.6) return [{ op: 'patch', id: shape.id, patch: { pos: [1000 * random.next(), 7] } }]
  if (roll < 0.7) return [{ op: 'remove', id: shape.id }]
  if (roll < 0.75) return [{ op: 'title', title: `Plan ${newId(random)}` }]
  if (shape.type !== 'rectangle') return [{ op: 'patch', id: shape.id, patch: { pos: [3, random.next()] } }]
  const remove = Math.min(shape.text.length, randomInt(random, 3))
  return [{ op: 'text', id: shape.id, at: 0, remove, insert: newId(random).slice(0, 5) }]
}

function newShape(board: Board, random: Random, editing: Editing) {
  const id = newId(random)
  const z = keyBetween(board.ordered.at(-1)?.z ?? null, null)
  if (random.next() < 0.2) {
    const points = Array.from({ length: 30 }, (_, at) => [at * 4, 20 * random.next()] as const)
    return makeShape('ink', { id, z, ...inkKeys({ points, pressures: null }) })
  }
  const text = editing === 'large' ? id.repeat(LONG_TEXT / id.length) : `label ${id.slice(0, 6)}`
  return makeShape('rectangle', { id, z, pos: [100 * random.next(), 5], size: [40, 30], text })
}
