import { type Box, boxesMeet, centreOf, grow } from './box.ts'
import { bent } from './elbow-bend.ts'
import { distance, type Vec } from './vec.ts'

/** One end of a line that runs in right angles. */
export interface ElbowEnd {
  readonly at: Vec
  /** Around what holds the end, and `at`; the line keeps its distance from it. Absent for an end that nothing holds. */
  readonly box?: Box | undefined
}

/** How much longer a way may be than another that has one corner more; a share of the distance between the ends. */
const CORNER_COST = 0.5
/** Corners that a way may have more for an end to leave its box by the side that it is near, rather than by one far off. */
const WRONG_SIDE_COST = 3
/** And for one in the middle of its box to leave by a side that faces the other end. */
const ASIDE_COST = 1.2
/** A way along the middle between two boxes counts this much of its length, so that it wins over its equals. */
const MIDDLE_DISCOUNT = 0.98
/** Lengths that differ by less are equal. */
const NEAR = 1e-6

/**
 * A way in right angles from one end to the other, around their boxes at a distance of `margin` where there is room for that: short,
 * with few corners. The first point and the last are the ends themselves. Without a way around, since the boxes overlap or an
 * end lies in the other's box, it is the plain one. Its middle span is moved by `bend`, as far as it stays off the boxes.
 */
export function elbowRoute(start: ElbowEnd, end: ElbowEnd, margin: number, bend?: Vec): readonly Vec[] {
  const a = start.box ?? pointBox(start.at)
  const b = end.box ?? pointBox(end.at)
  if ((!start.box && !end.box) || boxesMeet(a, b)) return bent(plainElbow(start.at, end.at), bend)
  const room = Math.max(b.x - a.x - a.w, a.x - b.x - b.w, b.y - a.y - a.h, a.y - b.y - b.h)
  const reach = Math.min(margin, start.box && end.box ? room / 2 : room)
  const outerA = start.box ? grow(a, reach) : a
  const outerB = end.box ? grow(b, reach) : b
  const grid: Grid = {
    xs: linesOf(a.x, a.w, b.x, b.w, reach, start, end, 0),
    ys: linesOf(a.y, a.h, b.y, b.h, reach, start, end, 1),
    obstacles: [outerA, outerB],
    middle: [middleBetween(a.x, a.w, b.x, b.w), middleBetween(a.y, a.h, b.y, b.h)],
    corner: CORNER_COST * (Math.abs(start.at[0] - end.at[0]) + Math.abs(start.at[1] - end.at[1])) + reach,
  }
  const facing = facingAxis(a, b)
  const way = shortest(
    grid,
    gatesOf(start, outerA, facing, grid.corner),
    gatesOf(end, outerB, facing, grid.corner),
  )
  const straight = way ? withoutStraights([start.at, ...way, end.at]) : plainElbow(start.at, end.at)
  return bent(straight, bend, way && { start: start.box, end: end.box })
}

/** The way with at most two corners, across the middle of the longer side. */
function plainElbow(from: Vec, to: Vec): readonly Vec[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  if (Math.abs(dx) >= Math.abs(dy)) {
    const x = from[0] + dx / 2
    return withoutStraights([from, [x, from[1]], [x, to[1]], to])
  }
  const y = from[1] + dy / 2
  return withoutStraights([from, [from[0], y], [to[0], y], to])
}

/** The polyline in right angles through `points`: a corner or two for each span that is at an angle. A single one is moved by `bend`. */
export function elbowThrough(points: readonly Vec[], bend?: Vec): readonly Vec[] {
  if (points.length === 2) return bent(plainElbow(points[0] as Vec, points[1] as Vec), bend)
  const out: Vec[] = points[0] ? [points[0]] : []
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1] as Vec
    const to = points[i] as Vec
    const isStraight = Math.abs(to[0] - from[0]) < LEVEL || Math.abs(to[1] - from[1]) < LEVEL
    out.push(...(isStraight ? [to] : plainElbow(from, to).slice(1)))
  }
  return out
}

/** World units by which a span may be off its axis, through rounding. */
const LEVEL = 0.01

const pointBox = ([x, y]: Vec): Box => ({ x, y, w: 0, h: 0 })

function middleBetween(a: number, aLength: number, b: number, bLength: number): number | undefined {
  if (a + aLength < b) return (a + aLength + b) / 2
  return b + bLength < a ? (b + bLength + a) / 2 : undefined
}

/** Where a way may run: along the ends, around the boxes, and in the middle between them. Ascending, no doubles. */
function linesOf(
  a: number,
  aLength: number,
  b: number,
  bLength: number,
  reach: number,
  start: ElbowEnd,
  end: ElbowEnd,
  axis: 0 | 1,
): readonly number[] {
  const lines = [start.at[axis], end.at[axis]]
  if (start.box) lines.push(a - reach, a + aLength + reach)
  if (end.box) lines.push(b - reach, b + bLength + reach)
  const middle = middleBetween(a, aLength, b, bLength)
  if (middle !== undefined) lines.push(middle)
  lines.sort((p, q) => p - q)
  return lines.filter((line, i) => i === 0 || line - (lines[i - 1] as number) > NEAR)
}

/** Where a way leaves an end, or comes to it. */
interface Gate {
  readonly at: Vec
  /** 0 for a way that runs along x there, 1 along y; undefined for either. */
  readonly along: 0 | 1 | undefined
  readonly cost: number
}

/** The axis along which two boxes lie apart the most. */
function facingAxis(a: Box, b: Box): 0 | 1 {
  const x = Math.max(b.x - a.x - a.w, a.x - b.x - b.w)
  const y = Math.max(b.y - a.y - a.h, a.y - b.y - b.h)
  return x >= y ? 0 : 1
}

function gatesOf({ at, box }: ElbowEnd, outer: Box, facing: 0 | 1, corner: number): readonly Gate[] {
  if (!box) return [{ at, along: undefined, cost: 0 }]
  const [x, y] = at
  const sides = [
    { at: [outer.x + outer.w, y], along: 0, inside: box.x + box.w - x },
    { at: [x, outer.y + outer.h], along: 1, inside: box.y + box.h - y },
    { at: [outer.x, y], along: 0, inside: x - box.x },
    { at: [x, outer.y], along: 1, inside: y - box.y },
  ] as const
  const least = Math.min(...sides.map(side => side.inside))
  const isCentral = distance(at, centreOf(box)) < NEAR
  return sides.map(({ at: gate, along, inside }) => {
    const isAside = isCentral && along !== facing
    const wrong = isCentral || inside <= least ? 0 : 1 - Math.max(0, least) / inside
    const corners = (isAside ? ASIDE_COST : 0) + WRONG_SIDE_COST * wrong
    return { at: gate, along, cost: distance(at, gate) + corners * corner }
  })
}

interface Grid {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly obstacles: readonly [Box, Box]
  /** The lines half way between the boxes, across x and across y. */
  readonly middle: readonly [number | undefined, number | undefined]
  /** What a corner costs. */
  readonly corner: number
}

/**
 * Dijkstra's way over the crossings of the grid. A state is a crossing and the axis that the way comes along: 2 * crossing + axis. There are
 * at most 7 by 7 crossings, so the next state is found by looking at all of them.
 */
function shortest(grid: Grid, from: readonly Gate[], to: readonly Gate[]): readonly Vec[] | undefined {
  const { xs, ys, corner } = grid
  const count = 2 * xs.length * ys.length
  const costs = new Float64Array(count).fill(Infinity)
  const before = new Int16Array(count).fill(-1)
  const isDone = new Uint8Array(count)
  for (const gate of from) {
    for (const state of statesOf(grid, gate)) costs[state] = Math.min(costs[state] as number, gate.cost)
  }
  const goals = new Map<number, number>()
  for (const gate of to) {
    for (const state of statesOf(grid, { ...gate, along: undefined })) {
      const turn = gate.along === undefined || gate.along === state % 2 ? 0 : corner
      goals.set(state, Math.min(goals.get(state) ?? Infinity, gate.cost + turn))
    }
  }
  let best = -1
  let least = Infinity
  for (;;) {
    let state = -1
    for (let i = 0; i < count; i++) {
      if (isDone[i] === 0 && (costs[i] as number) < (state < 0 ? least : (costs[state] as number))) state = i
    }
    if (state < 0) break
    isDone[state] = 1
    const total = (costs[state] as number) + (goals.get(state) ?? Infinity)
    if (total < least) [best, least] = [state, total]
    relax(grid, state, costs, before)
  }
  return best < 0 ? undefined : wayTo(grid, best, before)
}

/** The states of a gate's crossing, along its axis or either. */
function statesOf({ xs, ys }: Grid, { at, along }: Gate): readonly number[] {
  const x = xs.findIndex(line => Math.abs(line - at[0]) <= 2 * NEAR)
  const y = ys.findIndex(line => Math.abs(line - at[1]) <= 2 * NEAR)
  if (x < 0 || y < 0) return []
  const state = 2 * (y * xs.length + x)
  return along === undefined ? [state, state + 1] : [state + along]
}

/** Offers the neighbours of a state the way through it. */
function relax(grid: Grid, state: number, costs: Float64Array, before: Int16Array): void {
  const { xs, ys, corner, middle } = grid
  const axis = state % 2
  const crossing = (state - axis) / 2
  const column = crossing % xs.length
  const row = (crossing - column) / xs.length
  const x = xs[column] as number
  const y = ys[row] as number
  for (let next = 0; next < 4; next++) {
    const along = next % 2
    const step = next < 2 ? 1 : -1
    const toX = along === 0 ? xs[column + step] : x
    const toY = along === 1 ? ys[row + step] : y
    if (toX === undefined || toY === undefined) continue
    if (isBlocked(grid, (x + toX) / 2, (y + toY) / 2)) continue
    // A way along x runs on a line across y, and the other way round.
    const isMiddle = along === 0 ? y === middle[1] : x === middle[0]
    const length = Math.abs(toX - x) + Math.abs(toY - y)
    const turn = along === axis ? 0 : corner
    const cost = (costs[state] as number) + length * (isMiddle ? MIDDLE_DISCOUNT : 1) + turn
    const neighbour = 2 * (crossing + (along === 0 ? step : step * xs.length)) + along
    if (cost >= (costs[neighbour] as number)) continue
    costs[neighbour] = cost
    before[neighbour] = state
  }
}

/** Whether the way through the middle of two neighbouring crossings runs inside of a box; along its edge it may. */
function isBlocked({ obstacles }: Grid, x: number, y: number): boolean {
  for (const box of obstacles) {
    const isInside =
      x > box.x + NEAR && x < box.x + box.w - NEAR && y > box.y + NEAR && y < box.y + box.h - NEAR
    if (isInside) return true
  }
  return false
}

function wayTo({ xs, ys }: Grid, last: number, before: Int16Array): readonly Vec[] {
  const way: Vec[] = []
  for (let state = last; state >= 0; state = before[state] as number) {
    const crossing = state >> 1
    const x = crossing % xs.length
    way.unshift([xs[x] as number, ys[(crossing - x) / xs.length] as number])
  }
  return way
}

/** Leaves out doubles, and points on the straight between their neighbours. The first and the last stay. */
function withoutStraights(points: readonly Vec[]): readonly Vec[] {
  const out: Vec[] = []
  for (const p of points) {
    const last = out[out.length - 1]
    if (last && distance(last, p) <= NEAR) continue
    const beforeLast = out[out.length - 2]
    const goesOn = beforeLast && last && (isLevel(beforeLast, last, p, 0) || isLevel(beforeLast, last, p, 1))
    if (goesOn) out.pop()
    out.push(p)
  }
  const last = points[points.length - 1]
  return out.length === 1 && last ? [out[0] as Vec, last] : out
}

const isLevel = (a: Vec, b: Vec, c: Vec, axis: 0 | 1): boolean =>
  Math.abs(a[axis] - b[axis]) <= NEAR && Math.abs(b[axis] - c[axis]) <= NEAR
