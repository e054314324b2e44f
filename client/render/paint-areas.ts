import type { Box } from '../../shared/geometry/box.ts'
import { bridged, type Contour } from './contour.ts'
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

/** Contours in one area, at most. */
const MOST_PIECES = 100
/** The same where it has to be found out which parts of them cross: that takes the square of their number. */
const MOST_MERGED = 12

/** Areas out of many contours that run the same way round. A colour that is seen through shows no crossings. */
export function linesAreas(contours: readonly Contour[], colour: string): readonly Area[] {
  if (colour === 'transparent') return []
  const isSeenThrough = colour.length > 7
  const most = isSeenThrough ? MOST_MERGED : MOST_PIECES
  const count = Math.ceil(contours.length / most)
  return Array.from({ length: count }, (_, i) => {
    const pieces = contours.slice(i * most, (i + 1) * most)
    const area: Area = { contour: bridged(pieces), colour }
    return isSeenThrough || pieces.length === 1 ? area : { ...area, pieces, overlaps: true }
  })
}

/** One area out of contours that may overlap, so that they do not darken each other. */
export const strokesArea = (contours: readonly Contour[], colour: string): readonly Area[] =>
  colour === 'transparent' ? [] : [{ contour: bridged(contours), colour }]

/** An area for each contour, for strokes too long to be one. */
export const pieceAreas = (contours: readonly Contour[], colour: string): readonly Area[] =>
  colour === 'transparent' ? [] : contours.map(contour => ({ contour, colour, overlaps: true }))
