import type { Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, type ShapeId, shapeMoved } from '../../shared/shapes/index.ts'
import type { Edit, TransactOptions } from '../board/board.ts'
import { toWorld } from './camera.ts'
import { clipOf, offsetTo, shapesText, textClip } from './clipboard.ts'
import { copiesOf } from './copies.ts'
import { topKeys } from './order-keys.ts'
import { tidied } from './tidy.ts'
import type { Camera, EditorView, Settings, ToolName } from './types.ts'

export interface CommitOptions extends TransactOptions {
  /**
   * Joins the previous undo step if that was made under the same word, a moment ago and for the same selection:
   * an arrow key that is held down, the steps of a slider.
   */
  readonly joinsWith?: string
}

/** The system's clipboard, as `navigator.clipboard` is. */
export interface TextClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
}

/** What the editor asks of who keeps the images of its board. */
export interface ImageKeeper {
  /** The board's id, which what is copied carries along. */
  readonly board: string
  /** What was pasted may show images of another board of this device. */
  lookIn(board: string): void
  /** Has the person choose images to add. */
  choose(): void
}

/** A part of the interface that a command opens, or closes again. */
export type PanelName =
  | 'palette'
  | 'find'
  | 'shortcuts'
  | 'export'
  | 'library'
  | 'minimap'
  | 'focus'
  | 'presentation'
  | 'pages'

/** The interface around the canvas, as commands reach it. */
export interface Panels {
  toggle(panel: PanelName): void
}

/** What commands ask of an editor. */
export interface CommandTarget extends EditorView {
  /** The selected shapes. */
  readonly selected: readonly KnownShape[]
  readonly clipboard: TextClipboard | undefined
  /** Absent where boards have no images. */
  readonly images: ImageKeeper | undefined
  readonly panels: Panels | undefined
  members(group: string): ReadonlySet<ShapeId>
  newId(): string
  commit(edits: readonly Edit[], options?: CommitOptions): void
  select(ids: Iterable<ShapeId>): void
  use(tool: ToolName): void
  set(settings: Partial<Settings>): void
  look(camera: Camera): void
  undo(): void
  redo(): void
  duplicate(): void
  escape(): void
  finish(): void
}

/** The selection as text for the clipboard; null when nothing is selected. */
export function copyText(editor: CommandTarget): string | null {
  const shapes = editor.board.ordered.filter(shape => editor.state.selection.has(shape.id))
  const known = shapes.filter(shape => shape.type !== 'unreadable')
  if (known.length === 0) return null
  const hasImages = known.some(shape => shape.type === 'image')
  return shapesText(known, hasImages ? editor.images?.board : undefined)
}

/** Copies as `copyText` does, and removes the selection. */
export function cutText(editor: CommandTarget): string | null {
  const text = copyText(editor)
  removeSelected(editor)
  return text
}

/**
 * Puts what `text` holds on the board and selects it: shapes that were copied, or any other text as a text shape.
 * Its middle goes to `at` (world space), or to the middle of the viewport. Returns how many shapes this version
 * could not read and left out.
 */
export function pasteText(editor: CommandTarget, text: string, at?: Vec): { readonly unreadable: number } {
  const { camera, viewport, style } = editor.state
  const clip = clipOf(text) ?? textClip(text, style, editor.lineWidth)
  if (clip.shapes.length === 0 || editor.board.readOnly !== undefined) return clip
  const middle = at ?? toWorld(camera, [viewport.w / 2, viewport.h / 2])
  const copies = copiesOf(clip.shapes, {
    newId: () => editor.newId(),
    keys: topKeys(editor.board, clip.shapes.length),
    offset: offsetTo(middle, clip.shapes, editor.lineWidth),
    zoom: camera.zoom,
    keepsGroup: () => false,
  })
  if (clip.from !== undefined) editor.images?.lookIn(clip.from)
  editor.use('select')
  editor.commit(copies.map(shape => ({ op: 'create', shape })))
  editor.select(copies.map(shape => shape.id))
  return clip
}

export function removeSelected(editor: CommandTarget): void {
  editor.commit(editor.selected.map(({ id }) => ({ op: 'remove', id })))
}

/** Moves the selection by `offset` world units. A held key is one undo step. */
export function nudge(editor: CommandTarget, offset: Vec): void {
  const { zoom } = editor.state.camera
  const edits = editor.selected.map((shape): Edit => {
    return { op: 'patch', id: shape.id, patch: tidied(shapeMoved(shape, offset), zoom) }
  })
  editor.commit(edits, { joinsWith: 'nudge' })
}
