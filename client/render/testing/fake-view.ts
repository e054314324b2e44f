import type { Shape, ShapeId } from '../../../shared/shapes/index.ts'
import type { BoardDiff, BoardView } from '../../board/board.ts'
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
    this.#state = {
      camera: { x: 0, y: 0, zoom: 1 },
      viewport,
      tool: 'select',
      cursor: 'default',
      selection: new Set<ShapeId>(),
      hovered: new Set<ShapeId>(),
      editing: null,
      caret: null,
      style: {
        stroke: '#1e1e1e',
        fill: 'transparent',
        width: 2,
        opacity: 1,
        corner: 0,
        curved: false,
        head: 'arrow',
        tail: 'none',
        font: 'hand',
        fontSize: 20,
      },
      preview: null,
      peers: new Map(),
      review: null,
    }
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
  subscribe: (_listener: (diff: BoardDiff) => void) => () => {},
})
