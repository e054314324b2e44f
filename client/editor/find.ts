import type { Box } from '../../shared/geometry/box.ts'
import { type KnownShape, type Shape, type ShapeId, shapeBounds } from '../../shared/shapes/index.ts'
import { fold } from '../../shared/util/fold.ts'
import type { BoardView } from '../board/board.ts'
import type { PageControl } from '../board/paged-board.ts'
import { FIT_MARGIN, fit as fitCamera, type Viewport, visibleBox } from './camera.ts'
import { boundsOf, knownShapes } from './preview.ts'
import { inReadingOrder } from './reading-order.ts'
import type { Camera, EditorView } from './types.ts'

/** Keys that hold what somebody wrote. */
const WORDS: ReadonlySet<string> = new Set([
  ...['text', 'name', 'title', 'description', 'author', 'alt', 'link', 'cells'],
])

/** What shapes have to say, ready to be searched; a shape is a value, so its words never change. */
const folded = new WeakMap<KnownShape, string>()

function wordsOf(shape: KnownShape): string {
  const known = folded.get(shape)
  if (known !== undefined) return known
  const parts = Object.entries(shape).flatMap(([key, value]) => (WORDS.has(key) ? value : []))
  const words = fold(parts.filter(part => typeof part === 'string').join('\n'))
  folded.set(shape, words)
  return words
}

/**
 * The shapes that are not hidden and whose words hold `query`, whatever its case and diacritics, in reading order; none for
 * an empty query.
 */
export function findShapes({ ordered }: Pick<BoardView, 'ordered'>, query: string): readonly KnownShape[] {
  return readingOrder(matching(ordered, query))
}

/** A shape that was found, and the page that it is on. */
export interface Found {
  readonly id: ShapeId
  readonly page: string
}

/** As `findShapes`, on all pages of the board, in their order. */
export function findOnPages(
  { board, pages }: { readonly board: Pick<BoardView, 'ordered'>; readonly pages: PageControl | undefined },
  query: string,
): readonly Found[] {
  if (!pages) return findShapes(board, query).map(({ id }) => ({ id, page: '' }))
  const byPage = new Map<string, KnownShape[]>(pages.pages.map(({ id }) => [id, []]))
  for (const shape of matching(pages.shapes, query)) byPage.get(pages.pageOf(shape.id) ?? '')?.push(shape)
  return [...byPage].flatMap(([page, shapes]) => readingOrder(shapes).map(({ id }): Found => ({ id, page })))
}

function matching(shapes: readonly Shape[], query: string): readonly KnownShape[] {
  const wanted = fold(query.trim())
  if (wanted === '') return []
  return shapes.filter(
    (shape): shape is KnownShape =>
      shape.type !== 'unreadable' && !shape.hidden && wordsOf(shape).includes(wanted),
  )
}

const readingOrder = (shapes: readonly KnownShape[]): readonly KnownShape[] =>
  inReadingOrder(shapes, shape => shapeBounds(shape, NO_WIDTH))

/** The order of what was found need not wait for fonts: a text counts as if it had no width. */
const NO_WIDTH = (): number => 0

/** What shows a shape to the person. */
interface Viewer extends EditorView {
  readonly pages: PageControl | undefined
  select(ids: Iterable<ShapeId>): void
  look(camera: Camera): void
}

/** Turns to the page of the shape, selects it and brings it into view. */
export function showShape(editor: Viewer, id: ShapeId): void {
  const page = editor.pages?.pageOf(id)
  if (page !== undefined) editor.pages?.show(page)
  editor.select([id])
  bringIntoView(editor, [id])
}

/** Moves the camera as little as it takes for the shapes to be in view. */
export function bringIntoView(editor: Viewer, ids: Iterable<ShapeId>): void {
  const { camera, viewport } = editor.state
  const bounds = boundsOf(knownShapes(editor.board, ids), editor.lineWidth)
  if (bounds) editor.look(showing(bounds, camera, viewport))
}

/** The camera moved as little as it takes to show all of `box`, as large as now, or smaller where it has no room so. */
function showing(box: Box, camera: Camera, viewport: Viewport): Camera {
  const { w, h } = visibleBox(camera, viewport)
  const margin = FIT_MARGIN / camera.zoom
  if (box.w > w - 2 * margin || box.h > h - 2 * margin) return fitCamera(box, viewport, camera.zoom)
  const shifted = (at: number, room: number, start: number, length: number) =>
    Math.max(start + length + margin - room, Math.min(start - margin, at))
  return { ...camera, x: shifted(camera.x, w, box.x, box.w), y: shifted(camera.y, h, box.y, box.h) }
}
