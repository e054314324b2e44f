import type { Box } from '../../shared/geometry/box.ts'
import type { Ink } from '../../shared/geometry/ink.ts'
import type { FontName, LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { ArrowHead } from '../../shared/shapes/arrow.ts'
import type { Dash, FillStyle, Resize, TextAlign, VerticalAlign } from '../../shared/shapes/common.ts'
import type { KnownShape, ShapeId, ShapeType } from '../../shared/shapes/index.ts'
import type { TextShape } from '../../shared/shapes/text.ts'
import type { BoardView, Edit, TextAnchor, TransactOptions } from '../board/board.ts'

export type { Edit } from '../board/board.ts'

/** Where the viewport looks: screen = (world - [x, y]) * zoom, in CSS pixels from the canvas's top left. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The tools that make no shape of a type of their own. */
export type PlainTool = 'select' | 'hand' | 'eraser' | 'cutter' | 'highlighter' | 'lasso' | 'laser'
/** A shape type names the tool that makes such shapes, where there is one. */
export type ToolName = PlainTool | ShapeType

/** A tool as the person finds it: in the toolbar, in menus, by a key. */
export interface ToolEntry {
  readonly name: ToolName
  readonly title: string
  /** As in `Command.keys`; the first is shown. */
  readonly keys: readonly string[]
  /** The source of an SVG of 24 by 24 units, drawn in `currentColor`. */
  readonly icon: string
  /** In the bar itself, among the figures of its drawer, or in the drawer's other tools. */
  readonly place: 'bar' | 'figures' | 'more'
  readonly tool: Tool<unknown>
}

/** The style that the next shape gets; each shape type takes the keys it has. */
export interface Style {
  readonly stroke: string
  readonly fill: string
  readonly width: number
  readonly opacity: number
  readonly corner: number
  readonly curved: boolean
  readonly head: ArrowHead
  readonly tail: ArrowHead
  readonly font: FontName
  readonly fontSize: number
  readonly dash: Dash
  readonly roughness: number
  readonly fillStyle: FillStyle
  readonly elbow: boolean
  readonly align: TextAlign
  readonly valign: VerticalAlign
  readonly steady: boolean
}

export interface Modifiers {
  readonly shift: boolean
  readonly alt: boolean
  /** Ctrl, or cmd on a Mac. */
  readonly ctrl: boolean
}

export interface PointerSample {
  /** World space. */
  readonly at: Vec
  /** 0 to 1, or null when the device does not report it. */
  readonly pressure: number | null
}

/** What a tool is told. `at` is in world space, `screen` in CSS pixels from the canvas's top left. */
export type ToolEvent =
  | {
      readonly type: 'down'
      readonly at: Vec
      readonly screen: Vec
      readonly pressure: number | null
      readonly pointer: 'mouse' | 'touch' | 'pen'
      /** 1 for a click, 2 for a double click. */
      readonly clicks: number
      readonly modifiers: Modifiers
    }
  /** `samples` holds every position since the last event (coalesced events), the newest being `at`. */
  | {
      readonly type: 'move'
      readonly at: Vec
      readonly screen: Vec
      readonly samples: readonly PointerSample[]
      readonly modifiers: Modifiers
    }
  | { readonly type: 'up'; readonly at: Vec; readonly screen: Vec; readonly modifiers: Modifiers }
  /** A modifier key went down or up while the pointer rested. */
  | { readonly type: 'modifiers'; readonly modifiers: Modifiers }
  /** Esc, a second finger, a lost pointer: give the gesture up, leave no trace. */
  | { readonly type: 'cancel' }
  /** Enter, or Esc between two clicks: end and keep what is placed click by click. Other tools ignore it. */
  | { readonly type: 'finish' }

/** What a gesture would do if it ended now. Plain data: it is drawn here and sent to peers. */
export type Preview =
  | { readonly kind: 'move'; readonly ids: readonly ShapeId[]; readonly offset: Vec }
  /** Copies of `ids` at `offset`; the shapes themselves stay. */
  | { readonly kind: 'duplicate'; readonly ids: readonly ShapeId[]; readonly offset: Vec }
  | { readonly kind: 'resize'; readonly ids: readonly ShapeId[]; readonly resize: Resize }
  | {
      readonly kind: 'rotate'
      readonly ids: readonly ShapeId[]
      readonly centre: Vec
      readonly angle: number
    }
  /** Other points for a line or arrow (keys as in Path), whose rotation becomes 0. */
  | { readonly kind: 'reshape'; readonly id: ShapeId; readonly pos: Vec; readonly points: readonly number[] }
  /** A shape being drawn, or a new text that has no character yet. */
  | { readonly kind: 'create'; readonly shape: KnownShape }
  /** A stroke being drawn. */
  | { readonly kind: 'ink'; readonly stroke: StrokeInProgress }
  | { readonly kind: 'erase'; readonly ids: readonly ShapeId[] }
  | { readonly kind: 'marquee'; readonly box: Box }

export interface StrokeInProgress {
  readonly id: ShapeId
  readonly stroke: string
  readonly width: number
  readonly opacity: number
  readonly z: string
  /**
   * World space. Grows in place while the stroke is drawn, so compare its length. Another object means that the
   * points before were replaced: with shift held, a stroke is a straight line.
   */
  readonly ink: Ink
}

export type Effect =
  | { readonly do: 'preview'; readonly preview: Preview | null }
  | { readonly do: 'commit'; readonly edits: readonly Edit[]; readonly options?: TransactOptions }
  | { readonly do: 'select'; readonly ids: Iterable<ShapeId> }
  | { readonly do: 'use'; readonly tool: ToolName }
  | { readonly do: 'look'; readonly camera: Camera }
  /** Shows what the gesture snaps to; none takes that back, as does the end of the preview. */
  | { readonly do: 'guide'; readonly guides: readonly Guide[] }
  /** Outlines shapes that the gesture would take hold of. */
  | { readonly do: 'point-out'; readonly ids: readonly ShapeId[] }
  /** Opens the text of a shape for typing. */
  | { readonly do: 'edit'; readonly id: ShapeId }
  /** Opens a new text for typing; it is put on the board with its first character. */
  | { readonly do: 'draft'; readonly shape: TextShape }

export type Step<S> = readonly [next: S, ...effects: Effect[]]

/** A tool is a pure step over its own state; the editor carries out the effects. */
export interface Tool<S> {
  readonly name: ToolName
  /** The state of rest: a tool that is in no gesture is in this very object. */
  readonly initial: S
  step(state: S, event: ToolEvent, scene: Scene): Step<S>
  /** The CSS cursor, given what is under the pointer. */
  cursor(state: S, scene: Scene, at: Vec): string
}

/** Every tool, in the order of the toolbar. The editor hands a tool only states that the tool itself returned. */
export type Tools = readonly ToolEntry[]

/** What a tool may look at. Unreadable shapes are locked: no tool meets them here. */
export interface Scene {
  readonly board: BoardView
  readonly camera: Camera
  readonly selection: ReadonlySet<ShapeId>
  readonly style: Style
  readonly settings: Settings
  readonly lineWidth: LineWidth
  /** The frame around the selection as it is on the board, without any preview; null when nothing is selected. */
  frame(): SelectionFrame | null
  /** The topmost shape at `at` (world space), the pointer's tolerance in screen pixels included. */
  hit(at: Vec, tolerance?: number): KnownShape | undefined
  /** The smallest figure around `at` that can hold a label, whether or not it is filled. */
  figureAround(at: Vec): KnownShape | undefined
  /** Every shape that the way from `from` to `to` touches, within `tolerance` screen pixels. */
  touchedAlong(from: Vec, to: Vec, tolerance?: number): readonly KnownShape[]
  /** The shapes whose bounds lie wholly inside `box`, bottom first. */
  inside(box: Box): readonly KnownShape[]
  /** `ids` and everything in the same outermost groups. */
  withGroups(ids: Iterable<ShapeId>): ReadonlySet<ShapeId>
  /** The shapes that are in `group`, at any depth. */
  members(group: string): ReadonlySet<ShapeId>
  newId(): ShapeId
  /** A fractional index key above everything. */
  topKey(): string
}

/** The ends of a selection in a text: where it began, and where the caret is. */
export interface TextSelection {
  readonly anchor: TextAnchor
  readonly focus: TextAnchor
}

/** As TextSelection, by offsets (UTF-16) into the text as it is by now. */
export interface TextRange {
  readonly anchor: number
  readonly focus: number
}

/** Another person on the board, as presence tells. */
export interface Peer {
  readonly clientId: number
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
  /** World space; null while the pointer is off the canvas or idle. */
  readonly cursor: Vec | null
  readonly selection: readonly ShapeId[]
  readonly preview: Preview | null
  /** Where the person types; null while they do not. */
  readonly caret: ({ readonly shape: ShapeId } & TextRange) | null
}

/** Everything that panels and the renderer show. A new object whenever something in it changed. */
export interface EditorState {
  readonly camera: Camera
  /** CSS pixels. */
  readonly viewport: { readonly w: number; readonly h: number }
  readonly tool: ToolName
  /** CSS cursor of the canvas. */
  readonly cursor: string
  readonly selection: ReadonlySet<ShapeId>
  /** What a click where the pointer is would select; empty where that is nothing new. */
  readonly hovered: ReadonlySet<ShapeId>
  /** The shape whose text is being typed. A new text is not on the board yet: `editedShape(view)` finds both. */
  readonly editing: ShapeId | null
  /** The caret or selection in that text; null for a new text, and where nobody has told it. */
  readonly caret: TextSelection | null
  readonly style: Style
  readonly preview: Preview | null
  readonly peers: ReadonlyMap<number, Peer>
  readonly settings: Settings
  /** Lines that show what the gesture in progress snaps to; world space. */
  readonly guides: readonly Guide[]
  /** While a review of others' changes is open. */
  readonly review: ReviewMarks | null
}

/** How the person likes to work on this device. */
export interface Settings {
  /** Shapes snap to the edges, centres and gaps of others. */
  readonly snapping: boolean
  /** Shapes snap to the grid. */
  readonly grid: boolean
  /** A tool stays in use after it made a shape. */
  readonly toolLock: boolean
  /** Only a pen draws; fingers move the board. */
  readonly penOnly: boolean
}

/** A line that a gesture snaps to, or a gap between two shapes that equals others. World space. */
export interface Guide {
  readonly kind: 'line' | 'gap'
  readonly from: Vec
  readonly to: Vec
}

/** What a review marks on the canvas; everything else fades. */
export interface ReviewMarks {
  readonly sides: ReadonlyMap<ShapeId, 'mine' | 'theirs' | 'both'>
  /** Shapes that are gone, as they were. */
  readonly ghosts: ReadonlyMap<ShapeId, KnownShape>
  /** The one that is looked at. */
  readonly current: ShapeId | null
}

/** What the renderer and the panels read. */
export interface EditorView {
  readonly board: BoardView
  readonly state: EditorState
  readonly lineWidth: LineWidth
  /** Called after `state` or the board changed, at most once per change. */
  subscribe(listener: () => void): () => void
}

/** The box with handles around the selection, turned when a single turned shape is selected. World space. */
export interface SelectionFrame {
  /** Unrotated. */
  readonly box: Box
  /** Radians about the box's centre. */
  readonly rot: number
  /** Where each handle is; rotation applied. */
  readonly handles: readonly { readonly name: HandleName; readonly at: Vec }[]
}

/** Compass directions of the resize handles; `rotate` floats above the top; `p0`, `p1`, ... are the points of a line. */
export type HandleName = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw' | 'rotate' | `p${number}`
