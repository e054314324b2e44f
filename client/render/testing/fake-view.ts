import type { Shape } from '../../../shared/shapes/index.ts'
import type { BoardDiff, BoardView } from '../../board/board.ts'
import { INITIAL_STATE } from '../../editor/editor-state.ts'
import type { EditorState, EditorView } from '../../editor/types.ts'
import { canvasLineWidth } from '../line-width.ts'

/** An editor that holds still: what it shows is what it was given. */
export class FakeView implements EditorView {
  readonly lineWidth = canvasLineWidth
  readonly board: BoardView
  #state: EditorState
  readonly #listeners = new Set<() => void>()

  constructor(shapes: readonly Shape[], viewport: EditorState['viewport']) {
    this.board = stillBoard(shapes)
    this.#state = { ...INITIAL_STATE, viewport }
  }

  get state(): EditorState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(patch: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...patch }
    for (const listener of this.#listeners) listener()
  }
}

const stillBoard = (shapes: readonly Shape[]): BoardView => ({
  shapes: new Map(shapes.map(shape => [shape.id, shape])),
  ordered: shapes,
  title: '',
  readOnly: undefined,
  canUndo: false,
  canRedo: false,
  arrowsOn: () => [],
  subscribe: (_listener: (diff: BoardDiff) => void) => () => {},
})
