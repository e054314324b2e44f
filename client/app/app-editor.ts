import type { Vec } from '../../shared/geometry/vec.ts'
import type { ShapeId } from '../../shared/shapes/index.ts'
import type { Command } from '../editor/commands/command.ts'
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
export type AppCommand = Pick<Command, 'id' | 'title' | 'section' | 'keys'>

/** A tool as the toolbar shows it. */
export type AppTool = Pick<ToolEntry, 'name' | 'title' | 'keys' | 'icon' | 'place'>

/** What the interface asks of the editor. */
export interface AppEditor extends EditorView {
  readonly commands: readonly AppCommand[]
  readonly tools: readonly AppTool[]
  /** Whether the command would do anything now. */
  canRun(commandId: string): boolean
  run(commandId: string): void
  use(tool: ToolName): void
  set(settings: Partial<Settings>): void
  select(ids: Iterable<ShapeId>): void
  setStyle(patch: Partial<Style>): void
  look(camera: Camera): void
  commit(edits: readonly Edit[]): void
  /** Makes `value` the whole text; `caret` is where in it something was typed. */
  typeText(value: string, caret?: number): void
  /** Where the caret belongs by now, whatever others have typed since it was placed. */
  readonly caret: TextRange | undefined
  placeCaret(caret: TextRange): void
  endEdit(): void
  handle(event: ToolEvent): void
  /** What is selected at `at` (world space), or what a click there would select; empty for nothing. */
  targetAt(at: Vec): ReadonlySet<ShapeId>
}
