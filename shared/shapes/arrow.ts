import { middleOf } from '../geometry/polyline.ts'
import { distance, sub, type Vec } from '../geometry/vec.ts'
import { type Binding, prop } from '../schema/prop.ts'
import { type Lettered, letteredProps, type ShapeSpec, type TextPlace } from './common.ts'
import { type Path, pathBox, pathPolyline, pathProps, resizedPath, touchesPath } from './path.ts'

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

export interface Arrow extends Path, Lettered {
  readonly type: 'arrow'
  /** At the first point. */
  readonly tail: ArrowHead
  /** At the last point. */
  readonly head: ArrowHead
  /** What holds the first point, and the last; null for nothing. See bound arrows in client/board. */
  readonly start: Binding | null
  readonly end: Binding | null
  /** Runs in right angles rather than straight or curved. */
  readonly elbow: boolean
}

/** World units at which the label of an arrow wraps. */
const LABEL_WIDTH = 240

/** In the middle of the line. */
function arrowLabelPlace(shape: Arrow): TextPlace {
  const [x, y] = sub(middleOf(pathPolyline(shape)), shape.pos)
  return {
    box: { x: x - LABEL_WIDTH / 2, y, w: LABEL_WIDTH, h: 0 },
    wrap: LABEL_WIDTH,
    align: 'center',
    valign: 'middle',
    colour: shape.stroke,
  }
}

export const arrow: ShapeSpec<Arrow> = {
  type: 'arrow',
  props: {
    type: prop.type('arrow'),
    ...pathProps,
    tail: prop.oneOf(ARROW_HEADS, 'none'),
    head: prop.oneOf(ARROW_HEADS, 'arrow'),
    start: prop.binding,
    end: prop.binding,
    elbow: prop.flag(false),
    ...letteredProps,
  },
  box: pathBox,
  touches: touchesPath,
  resized: resizedPath,
  textPlace: arrowLabelPlace,
}

/** A head's figure: an open line, or a closed one that is filled. */
export interface HeadFigure {
  readonly points: readonly Vec[]
  readonly filled: boolean
}

/** The figure of a head whose tip is at `tip`, on a line that arrives from `from`; undefined for none. */
export function headFigure(head: ArrowHead, from: Vec, tip: Vec, width: number): HeadFigure | undefined {
  const length = distance(from, tip)
  if (head === 'none' || length === 0) return undefined
  const size = Math.min(8 + width * 3, length)
  const ux = (tip[0] - from[0]) / length
  const uy = (tip[1] - from[1]) / length
  /** A point `back` behind the tip and `aside` to its right. */
  const at = (back: number, aside: number): Vec => [
    tip[0] - ux * back - uy * aside,
    tip[1] - uy * back + ux * aside,
  ]
  switch (head) {
    case 'arrow':
      return { points: [at(size, size * 0.45), tip, at(size, -size * 0.45)], filled: false }
    case 'triangle':
      return { points: [at(size, size * 0.45), tip, at(size, -size * 0.45)], filled: true }
    case 'bar':
      return { points: [at(0, size * 0.5), at(0, -size * 0.5)], filled: false }
    case 'diamond':
      return {
        points: [tip, at(size / 2, size * 0.35), at(size, 0), at(size / 2, -size * 0.35)],
        filled: true,
      }
    case 'dot':
      return { points: dot(at(size * 0.3, 0), size * 0.3), filled: true }
    default:
      return undefined
  }
}

const dot = (centre: Vec, radius: number): readonly Vec[] =>
  Array.from({ length: 24 }, (_, i) => {
    const angle = (i / 24) * 2 * Math.PI
    return [centre[0] + Math.cos(angle) * radius, centre[1] + Math.sin(angle) * radius]
  })
