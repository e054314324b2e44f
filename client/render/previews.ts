import type { LineWidth } from '../../shared/geometry/text.ts'
import { resolveArrow } from '../../shared/shapes/arrow-binding.ts'
import type { Shape, ShapeId } from '../../shared/shapes/index.ts'
import type { BoardView } from '../board/board.ts'
import type { EditorState, Peer, Preview, StrokeInProgress } from '../editor/types.ts'
import { Glide } from './glide.ts'
import type { Changes } from './world.ts'

/** See previewShapes of the editor. */
export type PreviewShapes = (preview: Preview | null, board: BoardView, lineWidth: LineWidth) => Changes

/** What the gestures of everyone, together, make of the board. */
export interface Previews {
  /** Shapes of the board that look otherwise; null for one that is being erased. */
  readonly changes: Changes
  /** Shapes that are not on the board. */
  readonly made: ReadonlyMap<ShapeId, Shape>
  readonly strokes: ReadonlyMap<string, StrokeInProgress>
  /** Whether another person's gesture is still on its way to where it was last seen. */
  readonly isMoving: boolean
}

/** Gathers the previews. One's own gesture wins over another person's on the same shape. */
export class PreviewBlend {
  readonly #glides = new Map<number, Glide>()
  #isMoving = false

  constructor(
    private readonly previewShapes: PreviewShapes,
    private readonly board: BoardView,
    private readonly lineWidth: LineWidth,
  ) {}

  gather(state: EditorState, now: number, isStill: boolean): Previews {
    const changes = new Map<ShapeId, Shape | null>()
    const made = new Map<ShapeId, Shape>()
    const strokes = new Map<string, StrokeInProgress>()
    this.#isMoving = false
    for (const id of this.#glides.keys()) if (!state.peers.has(id)) this.#glides.delete(id)
    const everyone = [...state.peers.values()].map(
      peer => [String(peer.clientId), this.#smoothed(peer, now, isStill)] as const,
    )
    for (const [who, preview] of [...everyone, ['me', state.preview] as const]) {
      if (preview?.kind === 'ink') strokes.set(who, preview.stroke)
      for (const [id, shape] of this.previewShapes(preview, this.board, this.lineWidth)) {
        if (this.board.shapes.has(id)) changes.set(id, shape)
        else if (shape) made.set(shape.id, shape)
      }
    }
    if (everyone.filter(([, preview]) => preview).length + (state.preview ? 1 : 0) > 1)
      this.#joinArrows(changes)
    for (const [who, stroke] of strokes) if (this.board.shapes.has(stroke.id)) strokes.delete(who)
    return { changes, made, strokes, isMoving: this.#isMoving }
  }

  /** Where several people move shapes at once, an arrow is to end where each of them shows what holds it. */
  #joinArrows(changes: Map<ShapeId, Shape | null>): void {
    const find = (id: ShapeId): Shape | undefined => changes.get(id) ?? this.board.shapes.get(id)
    for (const [id, shape] of changes) {
      if (shape?.type === 'arrow') changes.set(id, resolveArrow(shape, find, this.lineWidth))
    }
  }

  /** The offset of a move runs smoothly between two updates of presence. */
  #smoothed({ clientId, preview }: Peer, now: number, isStill: boolean): Preview | null {
    if (preview?.kind !== 'move') {
      this.#glides.delete(clientId)
      return preview
    }
    const glide = this.#glides.get(clientId) ?? new Glide([0, 0])
    this.#glides.set(clientId, glide)
    glide.aim(preview.offset, now, isStill)
    this.#isMoving ||= glide.isMoving(now)
    return { ...preview, offset: glide.at(now) }
  }
}
