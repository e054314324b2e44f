import type { Box } from '../../shared/geometry/box.ts'
import type { FontName, LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { ArrowHead } from '../../shared/shapes/arrow.ts'
import type { Dash, FillStyle, TextAlign, VerticalAlign } from '../../shared/shapes/common.ts'
import type { KnownShape, ShapeId, ShapeType } from '../../shared/shapes/index.ts'
import type { TextShape } from '../../shared/shapes/text.ts'
import type { BoardView, Edit, TextAnchor, TransactOptions } from '../board/board.ts'

import type { Preview } from './preview-types.ts'
import type { SnapTargets } from './snap/targets.ts'

export type { Edit } from '../board/board.ts'
export type { Beam, Cut, Preview, Stretch, StrokeInProgress } from './preview-types.ts'

/** Where the viewport looks: screen = (world - [x, y]) * zoom, in CSS pixels from the canvas's top left. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The tools that make no shape of a type of their own. */
export type PlainTool = 'select' | 'hand' | 'eraser' | 'cutter' | 'highlighter' | 'lasso' | 'laser' | 'crop'
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

export type Effect =
  | { readonly do: 'preview'; readonly preview: Preview | null }
  | { readonly do: 'commit'; readonly edits: readonly Edit[]; readonly options?: TransactOptions }
  | { readonly do: 'select'; readonly ids: Iterable<ShapeId> }
  | { readonly do: 'use'; readonly tool: ToolName }
  /** Copies were made by hand, to be repeated: what each was made from. */
  | { readonly do: 'copied'; readonly originals: ReadonlyMap<ShapeId, ShapeId> }
  /** A shape is done: it is selected, and the select tool is used again unless the person has locked the tool. */
  | { readonly do: 'made'; readonly ids: Iterable<ShapeId> }
  | { readonly do: 'look'; readonly camera: Camera }
  /** Shows what the gesture snaps to; none takes that back, as does the end of the preview. */
  | { readonly do: 'guide'; readonly guides: readonly Guide[] }
  /** Outlines shapes that the gesture would take hold of. */
  | { readonly do: 'point-out'; readonly ids: readonly ShapeId[] }
  /** Opens the text of a shape for typing: where it is in several places, that at `at` (world space), or the first. */
  | { readonly do: 'edit'; readonly id: ShapeId; readonly at?: Vec }
  /** Runs a command of the editor, where it would do anything. */
  | { readonly do: 'run'; readonly command: string }
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

/** What a tool may look at. Nothing that is hidden or cannot be read is found here, and what is locked only where it says so. */
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
  /** As `hit`, of the locked shapes, which no other search but `meeting` finds. */
  hitLocked(at: Vec, tolerance?: number): KnownShape | undefined
  /** The smallest figure around `at` that can hold a label, whether or not it is filled. */
  figureAround(at: Vec): KnownShape | undefined
  /** Every shape that the way from `from` to `to` touches, within `tolerance` screen pixels. */
  touchedAlong(from: Vec, to: Vec, tolerance?: number): readonly KnownShape[]
  /** The shapes whose bounds lie wholly inside `box`, bottom first. */
  inside(box: Box): readonly KnownShape[]
  /** The shapes that paint anything in `box`, the locked ones too, in no order. */
  meeting(box: Box): readonly KnownShape[]
  /** `ids` and everything in the same outermost groups. */
  withGroups(ids: Iterable<ShapeId>): ReadonlySet<ShapeId>
  /** The shapes that are in `group`, at any depth. */
  members(group: string): ReadonlySet<ShapeId>
  /** What `ids` can snap to now; the same object for the same list as long as nothing else moves. */
  snapField(ids: readonly ShapeId[]): SnapField
  newId(): ShapeId
  /** A fractional index key above everything. */
  topKey(): string
}

/** What shapes that are moved can snap to. */
export interface SnapField {
  /** Around the shapes themselves, as they are on the board; null for none. */
  readonly box: Box | null
  readonly targets: SnapTargets
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

/** Compass directions of the resize handles; `rotate` floats above the top; `tip` is that of a bubble's tail; `p0`, `p1`, ... are the points of a line, `m0`, `m1`, ... the middles between them. */
export type HandleName =
  | 'n'
  | 'ne'
  | 'e'
  | 'se'
  | 's'
  | 'sw'
  | 'w'
  | 'nw'
  | 'rotate'
  | 'tip'
  | `p${number}`
  | `m${number}`
