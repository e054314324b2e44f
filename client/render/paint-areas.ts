import type { Box } from '../../shared/geometry/box.ts'
import type { Boxed } from '../../shared/shapes/boxed.ts'
import { bridged, type Contour, offsetRing, strokeContour } from './contour.ts'
import type { Area, Drawing } from './shape-view.ts'

/** The box of a shape that has a size, relative to its `pos`. */
export const ownBox = (shape: { readonly size: readonly [number, number] }): Box => ({
  x: 0,
  y: 0,
  w: shape.size[0],
  h: shape.size[1],
})

/** The width that a stroke is drawn with. */
export const drawnWidth = (width: number, { leastWidth }: Drawing): number => Math.max(width, leastWidth)

/**
 * The fill and the stroke of a closed figure; `outline` runs clockwise and is convex. Seen through, the fill ends
 * where the stroke begins, so that no band shows both.
 */
export function boxedAreas(shape: Boxed, outline: Contour, drawing: Drawing): readonly Area[] {
  const areas: Area[] = []
  const width = drawnWidth(shape.width, drawing)
  const isStroked = shape.stroke !== 'transparent'
  if (shape.fill !== 'transparent') {
    const inset = drawing.translucent && isStroked ? width / 2 : 0
    const contour = insetContour(shape, outline, inset, drawing.tolerance)
    if (contour.length > 0) areas.push({ contour, colour: shape.fill })
  }
  if (isStroked) {
    areas.push({ contour: strokeContour(outline, width, true, drawing.tolerance), colour: shape.stroke })
  }
  return areas
}

function insetContour(shape: Boxed, outline: Contour, inset: number, tolerance: number): Contour {
  if (inset === 0) return outline
  // A stroke that is thicker than the shape leaves no inside.
  return Math.min(...shape.size) <= 2 * inset ? [] : offsetRing(outline, -inset, tolerance)
}

/** One area out of contours that may overlap, so that they do not darken each other. */
export const strokesArea = (contours: readonly Contour[], colour: string): readonly Area[] =>
  colour === 'transparent' ? [] : [{ contour: bridged(contours), colour }]

/** An area for each contour, for strokes too long to be one. */
export const pieceAreas = (contours: readonly Contour[], colour: string): readonly Area[] =>
  colour === 'transparent' ? [] : contours.map(contour => ({ contour, colour, overlaps: true }))
