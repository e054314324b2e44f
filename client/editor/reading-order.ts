import { type Box, centreOf } from '../../shared/geometry/box.ts'

/**
 * `items` as one reads them: row by row from the top, each row from the left. A row is what lies beside its topmost item,
 * that is, whose middle is above the lower edge of that.
 */
export function inReadingOrder<T>(items: Iterable<T>, boxOf: (item: T) => Box): readonly T[] {
  const placed = Array.from(items, item => ({ item, box: boxOf(item) }))
  placed.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
  const ordered: T[] = []
  let row: typeof placed = []
  let bottom = -Infinity
  const endRow = () => {
    row.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
    ordered.push(...row.map(({ item }) => item))
  }
  for (const one of placed) {
    if (centreOf(one.box)[1] > bottom) {
      endRow()
      row = []
      bottom = one.box.y + one.box.h
    }
    row.push(one)
  }
  endRow()
  return ordered
}
