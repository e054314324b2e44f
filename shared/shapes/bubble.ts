import { type Box, boxAround } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { boxOf, touchesPolygon } from './boxed.ts'
import type { ShapeSpec } from './common.ts'
import { arcPoints, type Figure, figure, figureCorners } from './figure.ts'

/** A speech bubble; its tail is at the bottom left unless it is mirrored. */
export interface Bubble extends Figure {
  readonly type: 'bubble'
  /** Where the tail points, as shares of the width and the height before it is mirrored; null for its own place. */
  readonly tip: Vec | null
}

/** The part of the height that the bubble takes; the tail has the rest. */
const BODY = 0.8
const RADIUS = 0.14
const STEPS = 8
/** Where the tail points by itself. */
const OWN_TIP: Vec = [0.16, 1]
/** Half of what the tail takes of the side that it stands on. */
const ROOT = 0.1
/** The root of a tail lies this far from across its tip towards the middle of its side. */
const INWARDS = 8 / 17
/** How many times its size away from a bubble its tail may point. */
const FARTHEST = 5

const corner = (x: number, y: number, quarter: number): readonly Vec[] =>
  arcPoints([x, y], RADIUS, (quarter * Math.PI) / 2, ((quarter + 1) * Math.PI) / 2, STEPS)

const TOP_LEFT = corner(RADIUS, RADIUS, 2)
const TOP_RIGHT = corner(1 - RADIUS, RADIUS, 3)
const BOTTOM_RIGHT = corner(1 - RADIUS, BODY - RADIUS, 0)
const BOTTOM_LEFT = corner(RADIUS, BODY - RADIUS, 1)

type Side = 'top' | 'right' | 'bottom' | 'left'

/** The side of the bubble that a tail to `tip` stands on; undefined where that is in the bubble. */
function sideOf([u, v]: Vec): Side | undefined {
  const x = (u - 0.5) / 0.5
  const y = (v - BODY / 2) / (BODY / 2)
  if (Math.max(Math.abs(x), Math.abs(y)) <= 1) return undefined
  if (Math.abs(y) >= Math.abs(x)) return y > 0 ? 'bottom' : 'top'
  return x > 0 ? 'right' : 'left'
}

/** Where the root of a tail begins and ends along a side of `length`. */
function rootAt(tip: number, length: number): readonly [from: number, to: number] {
  const inwards = tip + (length / 2 - tip) * INWARDS
  const middle = Math.max(RADIUS + ROOT, Math.min(length - RADIUS - ROOT, inwards))
  return [rounded(middle - ROOT), rounded(middle + ROOT)]
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000

/** The corners in a box from 0, 0 to 1, 1, clockwise. */
function cornersTo(tip: Vec): readonly Vec[] {
  const side = sideOf(tip)
  const [left, right] = rootAt(tip[0], 1)
  const [top, bottom] = rootAt(tip[1], BODY)
  const on = (wanted: Side, from: Vec, to: Vec): readonly Vec[] => (side === wanted ? [from, tip, to] : [])
  return [
    ...TOP_LEFT,
    ...on('top', [left, 0], [right, 0]),
    ...TOP_RIGHT,
    ...on('right', [1, top], [1, bottom]),
    ...BOTTOM_RIGHT,
    ...on('bottom', [right, BODY], [left, BODY]),
    ...BOTTOM_LEFT,
    ...on('left', [0, bottom], [0, top]),
  ]
}

const plain = figure('bubble', {
  corners: cornersTo(OWN_TIP),
  room: { x: 0.04, y: 0.03, w: 0.92, h: BODY - 0.06 },
})

const outlineOf = (shape: Bubble): readonly Vec[] =>
  shape.tip ? figureCorners(cornersTo(within(shape.tip)), shape) : (plain.outline?.(shape) ?? [])

/** Any tip that a document may hold, brought near enough to be drawn. */
const within = ([u, v]: Vec): Vec => [near(u), near(v)]
const near = (share: number): number => Math.max(-FARTHEST, Math.min(1 + FARTHEST, share))

/** Where the tail points; world space, rotation left out. */
export function bubbleTip(shape: Bubble): Vec {
  const [tip] = figureCorners([within(shape.tip ?? OWN_TIP)], shape)
  return tip as Vec
}

/** The `tip` of a bubble whose tail points at `p`; world space, rotation left out. */
export function tipAt({ pos, size, flip }: Bubble, p: Vec): Vec {
  const share = (axis: 0 | 1): number => {
    const along = size[axis] === 0 ? 0.5 : (p[axis] - pos[axis]) / size[axis]
    return rounded(near(flip[axis] ? 1 - along : along))
  }
  return [share(0), share(1)]
}

/** Around the bubble and its tail. */
function bubbleBox(shape: Bubble): Box {
  if (!shape.tip) return boxOf(shape)
  return boxAround(figureCorners([[0, 0], [1, BODY], within(shape.tip)], shape))
}

export const bubble: ShapeSpec<Bubble> = {
  ...plain,
  props: { ...plain.props, tip: prop.optional(prop.pos) },
  box: bubbleBox,
  outline: outlineOf,
  touches: (shape, p, tolerance) => touchesPolygon(shape, outlineOf(shape), p, tolerance),
}
