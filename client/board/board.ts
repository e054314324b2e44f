import type { TextStyle } from '../../shared/geometry/marks.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import type { KnownShape, Shape, ShapeId, ShapePatch } from '../../shared/shapes/index.ts'

/** One change of the document, as data. */
export type Edit =
  | { readonly op: 'create'; readonly shape: KnownShape }
  | { readonly op: 'patch'; readonly id: ShapeId; readonly patch: ShapePatch }
  | { readonly op: 'remove'; readonly id: ShapeId }
  /** Replaces `remove` characters of the shape's text, from `at` on, by `insert`. Merges by character. */
  | {
      readonly op: 'text'
      readonly id: ShapeId
      readonly at: number
      readonly remove: number
      readonly insert: string
      /** How the new letters look; as those before them when it is missing. */
      readonly style?: TextStyle
    }
  /** Gives letters of the shape's text the looks of `style`, or takes those away. Merges by character. */
  | {
      readonly op: 'mark'
      readonly id: ShapeId
      readonly from: number
      readonly to: number
      readonly style: TextStyle
      readonly on: boolean
    }
  | { readonly op: 'title'; readonly title: string }

export interface ShapeChange {
  readonly before: Shape | undefined
  readonly after: Shape | undefined
}

/** What one transaction changed: own, undone, remote and loaded changes all arrive as this. */
export interface BoardDiff {
  readonly source: 'own' | 'undo' | 'remote'
  readonly shapes: ReadonlyMap<ShapeId, ShapeChange>
}

/** The board to read. Shapes are immutable values; a changed shape is another object. */
export interface BoardView {
  readonly shapes: ReadonlyMap<ShapeId, Shape>
  /** From the bottom to the top. */
  readonly ordered: readonly Shape[]
  readonly title: string
  /** Why nothing may be written, for the person; undefined when writing is possible. */
  readonly readOnly: string | undefined
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The arrows that the shape holds an end of, as they are stored: they are drawn anew when it moves. */
  arrowsOn(id: ShapeId): readonly Arrow[]
  /** Called once after each transaction that changed a shape, the title, or what can be undone, and when `readOnly` changes. */
  subscribe(listener: (diff: BoardDiff) => void): () => void
}

export interface TransactOptions {
  /** Makes the edits part of the previous undo step: the keystrokes of one text edit undo as one. */
  readonly joinsPrevious?: boolean
  /** What was selected before, kept with the undo step. */
  readonly selection?: ReadonlySet<ShapeId>
  /** What is made comes from elsewhere: the person is not the author of it. */
  readonly isImported?: boolean
}

/**
 * A place in a text that stays between the same letters whatever is typed around it, as plain data for others: the letter on
 * its left, by Yjs's client and clock.
 */
export type TextAnchor = readonly [client: number, clock: number] | 'start'

/** Places in the texts of shapes; offsets are in UTF-16 code units. */
export interface TextPlaces {
  /** Undefined for a shape that has no text. */
  anchorAt(id: ShapeId, offset: number): TextAnchor | undefined
  /** Undefined for a place that is unknown, or not known yet: what another typed may come later than their caret. */
  offsetOf(id: ShapeId, anchor: TextAnchor): number | undefined
}

export interface Board extends BoardView, TextPlaces {
  /**
   * Applies `edits` as one transaction and one undo step. Edits of shapes that are gone or unreadable are left out,
   * since another person may have removed them. Throws a RangeError, and changes nothing, when a value is not valid.
   */
  transact(edits: readonly Edit[], options?: TransactOptions): void
  /**
   * Takes back one's own latest gesture, and nobody else's. Returns what was selected before it, where that is known;
   * `selection`, what is selected now, is kept with the step that would redo it.
   */
  undo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined
  redo(selection?: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> | undefined
}
