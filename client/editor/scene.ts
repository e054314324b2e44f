import type { LineWidth } from '../../shared/geometry/text.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import { visibleBox } from './camera.ts'
import { withGroups } from './groups.ts'
import { topKeys } from './order-keys.ts'
import { knownShapes } from './preview.ts'
import { frameAround } from './selection-frame.ts'
import type { ShapeIndex } from './shape-index.ts'
import { snapField } from './snap/field.ts'
import type { EditorView, Scene, SelectionFrame, SnapField } from './types.ts'

/** Screen pixels around the pointer that count as touched. */
const TOLERANCE = 6

/** What tools see of an editor: always its state of now. */
export class EditorScene implements Scene {
  readonly board: Scene['board']
  readonly lineWidth: LineWidth
  readonly newId: () => string
  readonly #view: Pick<EditorView, 'state'>
  readonly #index: ShapeIndex
  /** The frame that was made last, and what for: it takes a look at every selected shape. */
  #framed: {
    readonly selection: unknown
    readonly zoom: number
    readonly frame: SelectionFrame | null
  } | null = null

  /** As `#framed`, of what a gesture snaps to: it takes a look at all that is in view. */
  #field: {
    readonly ids: readonly ShapeId[]
    readonly camera: unknown
    readonly viewport: unknown
    readonly field: SnapField
  } | null = null

  constructor(view: EditorView, index: ShapeIndex, newId: () => string) {
    this.board = view.board
    this.lineWidth = view.lineWidth
    this.newId = newId
    this.#view = view
    this.#index = index
  }

  get camera() {
    return this.#view.state.camera
  }

  get selection() {
    return this.#view.state.selection
  }

  get style() {
    return this.#view.state.style
  }

  get settings() {
    return this.#view.state.settings
  }

  /** The board has changed, or the fonts by which it is measured. */
  invalidate(): void {
    this.#framed = null
    this.#field = null
  }

  frame(): SelectionFrame | null {
    const { selection, camera } = this
    if (this.#framed?.selection !== selection || this.#framed.zoom !== camera.zoom) {
      const shapes = knownShapes(this.board, selection)
      const around = frameAround(shapes, this.lineWidth, camera.zoom)
      const frame = around && this.board.readOnly !== undefined ? { ...around, handles: [] } : around
      this.#framed = { selection, zoom: camera.zoom, frame }
    }
    return this.#framed.frame
  }

  hit: Scene['hit'] = (at, tolerance = TOLERANCE) =>
    this.#index.titleAt(at, this.camera.zoom) ?? this.#index.hit(at, tolerance / this.camera.zoom)

  hitLocked: Scene['hitLocked'] = (at, tolerance = TOLERANCE) =>
    this.#index.hitLocked(at, tolerance / this.camera.zoom)

  figureAround: Scene['figureAround'] = at => this.#index.figureAround(at)

  touchedAlong: Scene['touchedAlong'] = (from, to, tolerance = TOLERANCE) =>
    this.#index.touchedAlong(from, to, tolerance / this.camera.zoom)

  inside: Scene['inside'] = box => this.#index.inside(box)

  meeting: Scene['meeting'] = box => this.#index.meeting(box)

  snapField(ids: readonly ShapeId[]): SnapField {
    const { camera, viewport } = this.#view.state
    const known = this.#field
    if (known && isSameList(known.ids, ids) && known.camera === camera && known.viewport === viewport)
      return known.field
    const inView = this.#index.meeting(visibleBox(camera, viewport))
    const field = snapField(ids, inView, this.board, this.lineWidth)
    this.#field = { ids, camera, viewport, field }
    return field
  }

  members: Scene['members'] = group => this.#index.members(group)

  withGroups: Scene['withGroups'] = ids => withGroups(ids, this.board, this.members)

  topKey: Scene['topKey'] = () => topKeys(this.board, 1)[0] as string
}

const isSameList = (a: readonly ShapeId[], b: readonly ShapeId[]): boolean =>
  a === b || (a.length === b.length && a.every((id, i) => id === b[i]))
