import { LIMITS } from '../../shared/schema/limits.ts'
import { keyBetween, keysAbove } from '../../shared/schema/order.ts'
import type { BoardView } from '../board/board.ts'

/** A key that is too long for the document: somebody has used up the room there. An equal key is legal instead. */
const isTooLong = (key: string): boolean => key.length > LIMITS.orderKeyLength

/** `count` ascending order keys above everything on the board. */
export function topKeys(board: BoardView, count: number): readonly string[] {
  const top = board.ordered.at(-1)?.z ?? null
  const keys = keysAbove(top, count)
  return top !== null && keys.some(isTooLong) ? keys.map(() => top) : keys
}

/**
 * `count` ascending keys between two neighbours (null for the end of the list). Halving keeps them short: their
 * length grows with the logarithm of the count.
 */
export function keysBetween(below: string | null, above: string | null, count: number): readonly string[] {
  if (above === null) return keysAbove(below, count)
  if (count === 0) return []
  const middle = keyBetween(below, above)
  if (isTooLong(middle)) return Array.from({ length: count }, () => below ?? above)
  const lower = Math.floor((count - 1) / 2)
  return [...keysBetween(below, middle, lower), middle, ...keysBetween(middle, above, count - 1 - lower)]
}
