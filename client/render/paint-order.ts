import { compareOrder, type Ordered } from '../../shared/schema/order.ts'

/** Where `item` belongs in `sorted`, which is in the total order of the board: after those that are not above it. */
export function placeIn(sorted: readonly Ordered[], item: Ordered): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareOrder(sorted[middle] as Ordered, item) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
