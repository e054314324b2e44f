import uFuzzy from '@leeoniya/ufuzzy'
import { fold } from '../../../shared/util/fold.ts'
import type { LibraryItem } from '../../editor/shape-library.ts'

/** Forgives one wrong, missing, doubled or swapped letter of a word. */
const fuzzy = new uFuzzy({ intraMode: 1 })
/** The words of a query may stand in any order, as long as there are few. */
const MOST_WORDS = 3
/** UTF-16 code units of what is written in an item that a search looks into. */
const MOST_TEXT = 1_000

/** The items whose name, or what is written in them, has the query in it: the best match first. All without a query. */
export function foundItems(items: readonly LibraryItem[], query: string): readonly LibraryItem[] {
  if (query.trim() === '') return items
  const texts = items.map(({ name, words }) => fold(`${name} ${words.slice(0, MOST_TEXT)}`))
  const [ids, info, order] = fuzzy.search(texts, fold(query), MOST_WORDS)
  const ranked = info && order ? order.map(rank => info.idx[rank]) : ids
  return (ranked ?? []).flatMap(at => (at === undefined ? [] : (items[at] ?? [])))
}

/** Which of `count` items in rows of `columns` a key leads to from the one at `at`; undefined for a key that leads nowhere. */
export function itemByKey(key: string, at: number, count: number, columns: number): number | undefined {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns }[key]
  if (to !== undefined) return to >= 0 && to < count ? to : at
  return key === 'Home' ? 0 : key === 'End' ? count - 1 : undefined
}
