import type { Box } from '../../shared/geometry/box.ts'
import { centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { frameTitle } from '../../shared/shapes/frame.ts'
import { type ShapeId, shapeBounds } from '../../shared/shapes/index.ts'
import type { BoardView } from '../board/board.ts'
import { centredOn, type Viewport } from './camera.ts'
import type { Camera, EditorView } from './types.ts'

/** One step of a presentation. */
export interface Slide {
  readonly id: ShapeId
  /** What the person reads; never empty. */
  readonly name: string
  /** World space. */
  readonly box: Box
}

export type SlideOrder = 'place' | 'name'

/** The frames of the page that is shown, in the order of reading or of their names. Hidden ones are left out. */
export function slidesOf(
  board: BoardView,
  lineWidth: LineWidth,
  order: SlideOrder = 'place',
): readonly Slide[] {
  const slides: Slide[] = []
  for (const shape of board.ordered) {
    if (shape.type !== 'frame' || shape.hidden) continue
    slides.push({ id: shape.id, name: frameTitle(shape), box: shapeBounds(shape, lineWidth) })
  }
  const read = inReadingOrder(slides)
  return order === 'place' ? read : read.toSorted((a, b) => byName.compare(a.name, b.name))
}

/** As people count: frame 2 before frame 10. */
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Row by row, from the left; what overlaps a row by more than half of its height stands in it. */
function inReadingOrder(slides: readonly Slide[]): readonly Slide[] {
  const rows: { top: number; bottom: number; slides: Slide[] }[] = []
  for (const slide of slides.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)) {
    const { y, h } = slide.box
    const row = rows.at(-1)
    const overlap = row ? Math.min(row.bottom, y + h) - Math.max(row.top, y) : 0
    if (row && overlap > Math.min(h, row.bottom - row.top) / 2) row.slides.push(slide)
    else rows.push({ top: y, bottom: y + h, slides: [slide] })
  }
  return rows.flatMap(row => row.slides.toSorted((a, b) => a.box.x - b.box.x))
}

/** Part of the viewport that stays free around a slide, on each side. */
const MARGIN = 0.03

/** Shows all of a slide, as large as the viewport allows. */
export function slideCamera(box: Box, viewport: Viewport): Camera {
  const room = 1 - 2 * MARGIN
  const zoom = Math.min((viewport.w * room) / Math.max(box.w, 1), (viewport.h * room) / Math.max(box.h, 1))
  return centredOn(centreOf(box), zoom, viewport)
}

/** What a presentation asks of an editor. */
interface Stage extends EditorView {
  look(camera: Camera): void
}

/**
 * Leads through the frames of a page. It follows the board: a slide that moves is followed, one that goes is left for the next, and new
 * ones take their place. The camera of before comes back at the end.
 */
export class Presentation {
  readonly #stage: Stage
  readonly #order: SlideOrder
  readonly #before: Camera
  readonly #listeners = new Set<() => void>()
  readonly #stop: () => void
  #slides: readonly Slide[]
  #index = 0
  #shown: string

  /** Begins at the frame `from`, where there is one, else at the first. */
  constructor(
    stage: Stage,
    { from, order = 'place' }: { readonly from?: ShapeId; readonly order?: SlideOrder } = {},
  ) {
    this.#stage = stage
    this.#order = order
    this.#before = stage.state.camera
    this.#slides = slidesOf(stage.board, stage.lineWidth, order)
    this.#index = Math.max(
      0,
      this.#slides.findIndex(({ id }) => id === from),
    )
    this.#shown = this.#placeText()
    this.#stop = stage.subscribe(() => this.#follow())
    this.#look()
  }

  /** Empty for a page without frames. */
  get slides(): readonly Slide[] {
    return this.#slides
  }

  /** Counted from 0. */
  get index(): number {
    return this.#index
  }

  get current(): Slide | undefined {
    return this.#slides[this.#index]
  }

  next(): void {
    this.go(this.#index + 1)
  }

  previous(): void {
    this.go(this.#index - 1)
  }

  first(): void {
    this.go(0)
  }

  last(): void {
    this.go(this.#slides.length - 1)
  }

  /** Shows the slide at `index`, or the one at the end that lies nearest. */
  go(index: number): void {
    const next = Math.max(0, Math.min(this.#slides.length - 1, index))
    this.#index = next
    this.#shown = this.#placeText()
    this.#look()
    this.#tell()
  }

  /** Called after the slides or the one that is shown changed. Returns its own undo. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  end(): void {
    this.#stop()
    this.#listeners.clear()
    this.#stage.look(this.#before)
  }

  #follow(): void {
    const { board, lineWidth } = this.#stage
    const id = this.current?.id
    const slides = slidesOf(board, lineWidth, this.#order)
    if (JSON.stringify(slides) !== JSON.stringify(this.#slides)) {
      this.#slides = slides
      const at = slides.findIndex(slide => slide.id === id)
      this.#index = at === -1 ? Math.max(0, Math.min(this.#index, slides.length - 1)) : at
      this.#tell()
    }
    const shown = this.#placeText()
    if (shown === this.#shown) return
    this.#shown = shown
    this.#look()
  }

  /** What the camera depends on. */
  #placeText(): string {
    const { w, h } = this.#stage.state.viewport
    return JSON.stringify([this.current?.box, w, h])
  }

  #look(): void {
    const { current } = this
    if (current) this.#stage.look(slideCamera(current.box, this.#stage.state.viewport))
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
