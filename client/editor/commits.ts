import type { Board, Edit } from '../board/board.ts'
import type { CommitOptions } from './actions.ts'

/** Milliseconds within which repeated nudges, or the steps of a slider, are one undo step. */
const JOIN_WITHIN = 800

interface Last {
  readonly joinsWith: string
  /** By identity. */
  readonly selection: unknown
  /** Milliseconds. */
  readonly at: number
}

/** Writes transactions, and knows which of them continue the undo step before. */
export class Commits {
  readonly #board: Board
  readonly #now: () => number
  #last: Last | null = null

  constructor(board: Board, now: () => number) {
    this.#board = board
    this.#now = now
  }

  /** Applies `edits` as one transaction. `selection` is what was selected. */
  write(
    edits: readonly Edit[],
    selection: unknown,
    { joinsWith, joinsPrevious = false }: CommitOptions,
  ): void {
    const last = this.#last
    const at = this.#now()
    const isRepeated = last !== null && last.joinsWith === joinsWith && last.selection === selection
    this.#last = joinsWith === undefined ? null : { joinsWith, selection, at }
    const joins = isRepeated && at - last.at < JOIN_WITHIN
    this.#board.transact(edits, { joinsPrevious: joinsPrevious || joins })
  }

  /** What is written next begins an undo step of its own. */
  part(): void {
    this.#last = null
  }
}
