import type { LineWidth } from '../../shared/geometry/text.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import type { Board, Edit } from '../board/board.ts'
import type { CommitOptions } from './actions.ts'
import { withFrames } from './frames.ts'
import { permitted } from './free.ts'

/** Milliseconds within which repeated nudges, or the steps of a slider, are one undo step. */
const JOIN_WITHIN = 800

interface Last {
  readonly joinsWith: string
  /** By identity. */
  readonly selection: unknown
  /** Milliseconds. */
  readonly at: number
}

/** Writes transactions, knows which of them continue the undo step before, and what was selected at each. */
export class Commits {
  readonly #board: Board
  readonly #now: () => number
  readonly #lineWidth: LineWidth
  #last: Last | null = null

  constructor(board: Board, now: () => number, lineWidth: LineWidth) {
    this.#board = board
    this.#now = now
    this.#lineWidth = lineWidth
  }

  /** Applies `edits`, but for those of what is locked, as one transaction. `selection` is what was selected. */
  write(
    edits: readonly Edit[],
    selection: ReadonlySet<ShapeId>,
    { joinsWith, joinsPrevious = false, isImported = false }: CommitOptions,
  ): void {
    const allowed = permitted(edits, this.#board)
    if (allowed.length === 0) return
    const last = this.#last
    const at = this.#now()
    const isRepeated = last !== null && last.joinsWith === joinsWith && last.selection === selection
    this.#last = joinsWith === undefined ? null : { joinsWith, selection, at }
    const joins = isRepeated && at - last.at < JOIN_WITHIN
    this.#board.transact(withFrames(allowed, this.#board, this.#lineWidth), {
      joinsPrevious: joinsPrevious || joins,
      ...{ selection, isImported },
    })
  }

  /** Takes the last step back; `selection` is what is selected now. Returns what was selected before that step. */
  undo(selection: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    this.#last = null
    return this.#board.undo(selection)
  }

  /** As `undo`, the other way. */
  redo(selection: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined {
    this.#last = null
    return this.#board.redo(selection)
  }
}
