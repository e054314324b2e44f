import type { LineWidth } from '../../shared/geometry/text.ts'
import type { ShapeOf, ShapeType } from '../../shared/shapes/index.ts'
import type { Contour } from './contour.ts'
import type { Picture } from './picture-sprite.ts'
import type { TextBlock } from './text-block.ts'

/** How finely, and with what care, a shape is to be drawn. Lengths in world units. */
export interface Drawing {
  /** By how much a drawn curve may miss the true one. */
  readonly tolerance: number
  /** Thinner lines than this would break up into dots. */
  readonly leastWidth: number
  /** The shape is seen through, so its areas must not overlap. */
  readonly translucent: boolean
}

/** A closed contour filled with one colour, by the nonzero rule. */
export interface Area {
  readonly contour: Contour
  /** The contours that `contour` is made of: quicker to fill one by one where it does not matter that they overlap. */
  readonly pieces?: readonly Contour[]
  /** As stored, so as seen on the light theme. */
  readonly colour: string
  /** May cover what other areas of the shape cover too, so a translucent shape is to be drawn as one picture. */
  readonly overlaps?: true
}

/**
 * What a shape type looks like: pure functions from a shape to the areas that show it below its letters, relative to
 * its `pos` and with rotation and opacity left out. So a move costs no geometry, and what is drawn can be tested
 * without a GPU.
 */
export interface ShapeView<S> {
  /** The bottom one first. */
  areas(shape: S, drawing: Drawing, lineWidth: LineWidth): readonly Area[]
  /** Words in place of the letters that the shape has. */
  text?(shape: S, lineWidth: LineWidth): TextBlock | undefined
  /** Words beside the letters, which nobody types into. */
  words?(shape: S, lineWidth: LineWidth): readonly TextBlock[]
  /** The picture that fills the shape's box, above its areas; others stand in for those while it is not here. */
  picture?(shape: S): Picture
}

/** A view for every shape type. */
export type ShapeViews = { readonly [T in ShapeType]: ShapeView<ShapeOf<T>> }
