import { type ListedBoard, shownTitle } from './listed-board.ts'

/** By what the list of boards is sorted, in the words of the interface. */
export const ORDERS = {
  opened: 'Last opened',
  changed: 'Last changed',
  name: 'Name',
  size: 'Size',
} as const

export type BoardOrder = keyof typeof ORDERS

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A board that was not changed here counts from when it was opened. */
const changedAt = ({ content, openedAt }: ListedBoard): number => content?.changedAt || openedAt

const COMPARE: Readonly<Record<BoardOrder, (a: ListedBoard, b: ListedBoard) => number>> = {
  opened: (a, b) => b.openedAt - a.openedAt,
  changed: (a, b) => changedAt(b) - changedAt(a),
  // Boards that nobody has named yet come last.
  name: (a, b) =>
    Number(a.title === '') - Number(b.title === '') || names.compare(shownTitle(a), shownTitle(b)),
  size: (a, b) => (b.content?.bytes ?? 0) - (a.content?.bytes ?? 0),
}

/** The boards in another order; alike ones with the latest opened first, and always the same way round. */
export const sorted = (boards: readonly ListedBoard[], order: BoardOrder): readonly ListedBoard[] =>
  boards.toSorted((a, b) => COMPARE[order](a, b) || b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1))

export const isBoardOrder = (text: string | null): text is BoardOrder =>
  text !== null && Object.hasOwn(ORDERS, text)
