import type { Marks, TextStyle } from '../../shared/geometry/marks.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import type { PageControl } from '../editor/actions.ts'
import type { Command } from '../editor/commands/command.ts'
import type { Exporter } from '../editor/export.ts'
import type { ListKind } from '../editor/list-text.ts'
import type { TextState } from '../editor/rich-text.ts'
import type { LibraryKeeper } from '../editor/shape-library.ts'
import type {
  Camera,
  Edit,
  EditorView,
  Settings,
  Style,
  TextRange,
  ToolEntry,
  ToolEvent,
  ToolName,
} from '../editor/types.ts'

/** A command as menus and the help sheet show it. */
export type AppCommand = Pick<Command, 'id' | 'title' | 'section' | 'keys' | 'keysAreNative'>

/** A tool as the toolbar shows it. */
export type AppTool = Pick<ToolEntry, 'name' | 'title' | 'keys' | 'icon' | 'place'>

/** Typing into the shape that is being edited. */
interface Typing {
  /** Makes `value` the whole text; `caret` is where in it something was typed. */
  type(value: string, caret?: number): void
  /** Puts `insert` in the place of what is selected, with its looks, or without any in those of the letters there. */
  insert(insert: { readonly text: string; readonly marks?: Marks | undefined }): void
  /** Begins a new line, in which what is typed looks as before. */
  breakLine(): void
  /** Does a step to the text and what is selected of it, if the step applies. Returns whether it did. */
  change(step: (state: TextState) => TextState | undefined): boolean
  /** Takes back what was done last to the text since it was opened. */
  undo(): void
  redo(): void
  /** The text, and what is selected of it. */
  readonly state: TextState | undefined
  /** How the selected letters look, or those that are typed next. */
  readonly style: TextStyle
  /** What list the selected lines are. */
  readonly list: ListKind | undefined
  /** Where the caret belongs by now, whatever others have typed since it was placed. */
  readonly caret: TextRange | undefined
  placeCaret(caret: TextRange): void
  end(): void
}

/** What the interface asks of the editor. */
export interface AppEditor extends EditorView {
  readonly commands: readonly AppCommand[]
  readonly tools: readonly AppTool[]
  readonly pages: PageControl | undefined
  readonly exporter: Exporter | undefined
  readonly library: LibraryKeeper | undefined
  /** Whether the command would do anything now. */
  canRun(commandId: string): boolean
  run(commandId: string): void
  use(tool: ToolName): void
  set(settings: Partial<Settings>): void
  select(ids: Iterable<ShapeId>): void
  /** Outlines shapes until the pointer is back on the canvas; none takes that back. */
  pointOut(ids: Iterable<ShapeId>): void
  setStyle(patch: Partial<Style>): void
  look(camera: Camera): void
  commit(edits: readonly Edit[]): void
  readonly text: Typing
  handle(event: ToolEvent): void
  /**
   * What is selected at `at` (world space), or what a click there would select; empty for nothing. A menu finds locked
   * shapes `orLocked`, too.
   */
  targetAt(at: Vec, orLocked?: boolean): ReadonlySet<ShapeId>
}
