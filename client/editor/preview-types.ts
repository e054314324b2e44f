import type { Box } from '../../shared/geometry/box.ts'
import type { Ink } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Binding, Crop } from '../../shared/schema/prop.ts'
import type { Resize } from '../../shared/shapes/common.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import type { Brush } from '../../shared/shapes/ink.ts'

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
  | {
      readonly kind: 'reshape'
      readonly id: ShapeId
      readonly pos: Vec
      readonly points: readonly number[]
      /** What holds an arrow then; absent for a line. */
      readonly start?: Binding | null
      readonly end?: Binding | null
      /** Of an elbow whose middle is dragged. */
      readonly bend?: Vec
    }
  /** Other values for keys that only one type of shape has; those that it has not count for nothing. */
  | { readonly kind: 'adjust'; readonly id: ShapeId; readonly keys: Adjusted }
  /** Another part of an image shows, in another place. */
  | {
      readonly kind: 'crop'
      readonly id: ShapeId
      readonly pos: Vec
      readonly size: Vec
      readonly crop: Crop | null
    }
  /** A shape being drawn, or a new text that has no character yet. */
  | { readonly kind: 'create'; readonly shape: KnownShape }
  /** A stroke being drawn. */
  | { readonly kind: 'ink'; readonly stroke: StrokeInProgress }
  | { readonly kind: 'erase'; readonly ids: readonly ShapeId[] }
  /** Strokes and lines of which parts are cut away. */
  | { readonly kind: 'cut'; readonly cuts: readonly Cut[] }
  | { readonly kind: 'marquee'; readonly box: Box }
  /** A loop around what is to be selected; world space, closed by itself. */
  | { readonly kind: 'lasso'; readonly points: readonly Vec[] }
  | { readonly kind: 'laser'; readonly beam: Beam }

/** The parts of a table, the tail of a bubble. */
export interface Adjusted {
  readonly pos?: Vec
  readonly size?: Vec
  readonly columns?: readonly number[]
  readonly rows?: readonly number[]
  readonly tip?: Vec | null
}

/** What is left of a stroke or line: stretches of its drawn polyline, from and to, in points from its beginning. */
export interface Cut {
  readonly id: ShapeId
  readonly keep: readonly Stretch[]
}

/** 2.5 is halfway between the third point and the fourth. */
export type Stretch = readonly [from: number, to: number]

/** The newest part of a trail that a laser pointer draws and that fades by itself. */
export interface Beam {
  /** Tells one trail from the next. */
  readonly id: string
  /** Points of the trail before `points`. */
  readonly start: number
  /** World space. */
  readonly points: readonly Vec[]
}

export interface StrokeInProgress {
  readonly id: ShapeId
  readonly stroke: string
  readonly width: number
  readonly opacity: number
  readonly z: string
  readonly brush: Brush
  readonly steady: boolean
  /**
   * World space. Grows in place while the stroke is drawn, so compare its length. Another object means that the
   * points before were replaced: with shift held, a stroke is a straight line.
   */
  readonly ink: Ink
}
