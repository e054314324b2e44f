import type { TextStyle } from '../../shared/geometry/marks.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { compareOrder } from '../../shared/schema/order.ts'
import { type KnownShape, type ShapeId, shapeMoved } from '../../shared/shapes/index.ts'
import type { Edit, TransactOptions } from '../board/board.ts'
import type { PageControl } from '../board/paged-board.ts'
import { bookmarkClip } from './bookmarks.ts'
import { toWorld } from './camera.ts'
import { clipOf, type Letters, offsetTo, shapesText, textClip } from './clipboard.ts'
import { copiesOf } from './copies.ts'
import type { Exporter } from './export.ts'
import { bringIntoView } from './find.ts'
import { outermost, withContents } from './frames.ts'
import { isFree } from './free.ts'
import type { ListKind } from './list-text.ts'
import { topKeys } from './order-keys.ts'
import type { LibraryKeeper } from './shape-library.ts'
import { styleEdits } from './style.ts'
import { styleOfText } from './style-text.ts'
import { tableClip } from './tables.ts'
import { tidied } from './tidy.ts'
import type { Camera, EditorView, Settings, Style, TextRange, ToolName } from './types.ts'

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
  /** As `readText`, where that does more than to read. */
  readPlain?(): Promise<string>
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
  /** Has the person choose an image in place of that of a shape. */
  replace(id: ShapeId): void
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
  /** Opens an address of the web beside the board, which it learns nothing of. */
  openLink(address: string): void
}

export type { PageControl, PageInfo } from '../board/paged-board.ts'

/** What lies around an editor, as commands reach it. */
export interface Surroundings {
  /** Absent where the browser gives none; copying by the keyboard works without. */
  readonly clipboard: TextClipboard | undefined
  /** Absent where boards have no images. */
  readonly images: ImageKeeper | undefined
  readonly panels: Panels | undefined
  /** Absent for a board without pages. */
  readonly pages: PageControl | undefined
  /** The address of a place on the board, without its key; see `placeText`. Absent where it has none. */
  readonly linkTo: ((place: string) => string) | undefined
  /** Absent where files cannot be made. */
  readonly exporter: Exporter | undefined
  /** Absent where nothing is kept for all boards. */
  readonly library: LibraryKeeper | undefined
}

/** What commands ask of an editor. */
export interface CommandTarget extends EditorView, Surroundings {
  /** The selected shapes. */
  readonly selected: readonly KnownShape[]
  /** Typing into a shape, and where the caret is in it. */
  readonly text: {
    readonly caret: TextRange | undefined
    toggle(style: TextStyle): void
    toggleList(kind: ListKind): void
  }
  /** The style that was copied last, for others to be given. */
  copiedStyle: Partial<Style> | null
  /** Where the pointer is on the canvas; null while it is elsewhere. World space. */
  readonly pointer: Vec | null
  /** Whether anything of the board is in view. */
  seesContent(): boolean
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
  const known = withContents(editor.selected, editor.board).toSorted(compareOrder)
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
 * Puts what `text` holds on the board and selects it: shapes that were copied, a lone address as a card with `title`, cells of
 * a spreadsheet as a table, or any other text, looking as `letters` do where these are given, as a text shape, as are all but
 * shapes with `in place`. A style that was copied is given to the selection.
 * Its middle goes to `at` (world space), or to the middle of the viewport; shapes go where they were copied with `in place`.
 * Returns how many shapes this version could not read and left out.
 */
export function pasteText(
  editor: CommandTarget,
  text: string,
  at?: Vec | 'in place',
  title?: string,
  letters?: Letters,
): { readonly unreadable: number } {
  const { camera, viewport, style } = editor.state
  const copied = styleOfText(text)
  if (copied) {
    editor.commit(styleEdits(editor.selected, copied))
    return { unreadable: 0 }
  }
  const shapes = clipOf(text)
  const made = at === 'in place' ? undefined : (bookmarkClip(text, title) ?? tableClip(text, style))
  const clip = shapes ?? made ?? textClip(letters ?? { text }, style, editor.lineWidth)
  if (clip.shapes.length === 0 || editor.board.readOnly !== undefined) return clip
  const staysInPlace = at === 'in place' && shapes !== undefined
  const middle =
    at === undefined || at === 'in place' ? toWorld(camera, [viewport.w / 2, viewport.h / 2]) : at
  const copies = copiesOf(clip.shapes, {
    newId: () => editor.newId(),
    keys: topKeys(editor.board, clip.shapes.length),
    offset: staysInPlace ? [0, 0] : offsetTo(middle, clip.shapes, editor.lineWidth),
    zoom: camera.zoom,
    keepsGroup: () => false,
  })
  if (clip.from !== undefined) editor.images?.lookIn(clip.from)
  editor.use('select')
  editor.commit(copies.map(shape => ({ op: 'create', shape })))
  editor.select(outermost(copies).map(shape => shape.id))
  if (staysInPlace) bringIntoView(editor, editor.state.selection)
  return clip
}

/** Removes the selection. What lies in a locked frame stays, as that does. */
export function removeSelected(editor: CommandTarget): void {
  editor.commit(
    withContents(editor.selected.filter(isFree), editor.board).map(({ id }) => ({ op: 'remove', id })),
  )
}

/** Moves the selection by `offset` world units. A held key is one undo step. */
export function nudge(editor: CommandTarget, offset: Vec): void {
  const { zoom } = editor.state.camera
  const edits = editor.selected.map((shape): Edit => {
    return { op: 'patch', id: shape.id, patch: tidied(shapeMoved(shape, offset), zoom) }
  })
  editor.commit(edits, { joinsWith: 'nudge' })
}
