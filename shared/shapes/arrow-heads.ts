import { distance, type Vec } from '../geometry/vec.ts'

export const ARROW_HEADS = [
  'none',
  'arrow',
  'triangle',
  'dot',
  'bar',
  'diamond',
  'triangle-outline',
  'dot-outline',
  'diamond-outline',
  'square',
  'inverted',
  'one',
  'many',
  'one-or-many',
] as const
export type ArrowHead = (typeof ARROW_HEADS)[number]

/** A part of a head: an open line, or a closed one that may be filled. */
export interface HeadFigure {
  readonly points: readonly Vec[]
  readonly closed: boolean
  readonly filled: boolean
}

export interface Head {
  readonly figures: readonly HeadFigure[]
  /** World units before the tip at which the line ends, so that it does not show in a hollow head or beyond a pointed one. */
  readonly back: number
}

// The heads in their own space: how far back from the tip, and how far aside, in sizes of the head.

const open = (...points: readonly Vec[]): HeadFigure => ({ points, closed: false, filled: false })
const hollow = (points: readonly Vec[], back: number): Head => ({
  figures: [{ points, closed: true, filled: false }],
  back,
})
const solid = (points: readonly Vec[], back: number): Head => ({
  figures: [{ points, closed: true, filled: true }],
  back,
})

/** Corners of a round head. */
const CORNERS = 24

const TIP: Vec = [0, 0]
const TRIANGLE: readonly Vec[] = [[1, 0.45], TIP, [1, -0.45]]
const INVERTED: readonly Vec[] = [
  [0, 0.45],
  [1, 0],
  [0, -0.45],
]
const DIAMOND: readonly Vec[] = [TIP, [0.5, 0.35], [1, 0], [0.5, -0.35]]
const SQUARE: readonly Vec[] = [
  [0, 0.35],
  [0.7, 0.35],
  [0.7, -0.35],
  [0, -0.35],
]
const DOT: readonly Vec[] = Array.from({ length: CORNERS }, (_, i) => {
  const angle = (i / CORNERS) * 2 * Math.PI
  return [0.3 * (1 - Math.cos(angle)), 0.3 * Math.sin(angle)]
})
/** A line across, that far from the tip. */
const across = (back: number, reach: number): HeadFigure => open([back, reach], [back, -reach])

const HEADS: Readonly<Record<ArrowHead, Head>> = {
  none: { figures: [], back: 0 },
  arrow: { figures: [open(...TRIANGLE)], back: 0 },
  triangle: solid(TRIANGLE, 0.5),
  dot: solid(DOT, 0.3),
  bar: { figures: [across(0, 0.5)], back: 0 },
  diamond: solid(DIAMOND, 0.5),
  'triangle-outline': hollow(TRIANGLE, 1),
  'dot-outline': hollow(DOT, 0.6),
  'diamond-outline': hollow(DIAMOND, 1),
  square: solid(SQUARE, 0.35),
  inverted: solid(INVERTED, 0.5),
  one: { figures: [across(0.5, 0.45)], back: 0 },
  many: { figures: [open(...INVERTED)], back: 0 },
  'one-or-many': { figures: [open(...INVERTED), across(1.3, 0.45)], back: 0 },
}

/** World units that a head is long, where its line is. */
const headSize = (width: number): number => 8 + width * 3

/** World units of line behind the tip that tell where a head points; more than the longest takes. */
export const headReach = (width: number): number => 1.4 * headSize(width)

/** The head with its tip at `tip`, on a line of `width` that arrives from `from` and is `room` long. */
export function headOf(head: ArrowHead, from: Vec, tip: Vec, width: number, room: number): Head {
  const length = distance(from, tip)
  if (length === 0) return HEADS.none
  const size = Math.min(headSize(width), room)
  const ux = ((tip[0] - from[0]) / length) * size
  const uy = ((tip[1] - from[1]) / length) * size
  const placed = ([back, aside]: Vec): Vec => [
    tip[0] - ux * back - uy * aside,
    tip[1] - uy * back + ux * aside,
  ]
  const { figures, back } = HEADS[head]
  return {
    figures: figures.map(figure => ({ ...figure, points: figure.points.map(placed) })),
    back: back * size,
  }
}
