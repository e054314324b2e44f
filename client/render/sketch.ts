import type { Op, ResolvedOptions } from 'roughjs/bin/core.js'
import { HachureFiller } from 'roughjs/bin/fillers/hachure-filler.js'
import {
  doubleLineFillOps,
  curve as drawCurve,
  line as drawLine,
  ellipse,
  polygon,
  randOffset,
  randOffsetWithRange,
} from 'roughjs/bin/renderer.js'
import { distance, lerp, type Vec } from '../../shared/geometry/vec.ts'

/** How roughjs draws by default. Its generator, which would say so, brings canvases, path parsers and six fillers along. */
const HAND: ResolvedOptions = {
  maxRandomnessOffset: 2,
  roughness: 1,
  bowing: 1,
  stroke: '#000',
  strokeWidth: 1,
  curveTightness: 0,
  curveFitting: 0.95,
  curveStepCount: 9,
  fillStyle: 'hachure',
  fillWeight: -1,
  hachureAngle: -41,
  hachureGap: -1,
  dashOffset: -1,
  dashGap: -1,
  zigzagOffset: -1,
  seed: 0,
  disableMultiStroke: false,
  disableMultiStrokeFill: false,
  preserveVertices: false,
  fillShapeRoughnessGain: 0.8,
}

const hachure = new HachureFiller({
  doubleLineOps: doubleLineFillOps,
  ellipse,
  randOffset,
  randOffsetWithRange,
})

/** A run of cubic Bezier curves: the start, then two control points and an end for each. */
export type Curve = readonly Vec[]

/** More than this would leave the bounds that the spatial index keeps for a shape. */
const MOST_ROUGHNESS = 2
/** World units of a line beyond which it would bow further out than shorter ones do. */
const LONGEST_BOW = 200
/** Cosine of the turn at which a line has a corner rather than a bend. */
const CORNER = 0.9
/** World units between the points that a bend is drawn through. */
const STRIDE = 14
const LEAST_STRIDES = 6
const MOST_STRIDES = 60

/** The same for the same id, and never 0, which would mean a new one each time. */
export function seedOf(id: string): number {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return (hash >>> 1) % 2 ** 30 || 1
}

/** The line as if drawn by hand: twice over, or `once`. */
export function sketchedLine(
  line: readonly Vec[],
  closed: boolean,
  roughness: number,
  seed: number,
  once: boolean,
): readonly Curve[] {
  const options = { ...HAND, roughness: Math.min(MOST_ROUGHNESS, roughness), disableMultiStroke: once }
  return runsOf(line, closed).flatMap((run, i) => {
    const [a, b] = [run[0] as Vec, run[run.length - 1] as Vec]
    const own = { ...options, seed: seed + 2 * i }
    if (run.length > 2) return curvesOf(drawCurve(thinned(run).map(pair), own).ops)
    const bowing = Math.min(1, LONGEST_BOW / (distance(a, b) || 1))
    return curvesOf(drawLine(...a, ...b, { ...own, bowing }).ops)
  })
}

const pair = ([x, y]: Vec): [number, number] => [x, y]

function curvesOf(ops: readonly Op[]): readonly Curve[] {
  const curves: Vec[][] = []
  for (const { op, data } of ops) {
    if (op === 'move') curves.push([])
    const current = curves[curves.length - 1]
    for (let i = 0; i + 1 < data.length; i += 2) current?.push([data[i] as number, data[i + 1] as number])
  }
  return curves
}

/** The line cut at its corners; between them it is straight or bends. */
function runsOf(line: readonly Vec[], closed: boolean): readonly (readonly Vec[])[] {
  const points = line.filter((p, i) => i === 0 || distance(p, line[i - 1] as Vec) > 1e-6)
  const first = points[0]
  if (!first || points.length < 2) return []
  const corners = points.flatMap((_, i) => (isCorner(points, i, closed) ? [i] : []))
  const start = closed ? (corners[0] ?? 0) : 0
  const ring = closed ? [...points.slice(start), ...points.slice(0, start), points[start] as Vec] : points
  const runs: (readonly Vec[])[] = []
  let from = 0
  for (const corner of corners) {
    const at = corner - start
    if (at <= from || at >= ring.length - 1) continue
    runs.push(ring.slice(from, at + 1))
    from = at
  }
  return [...runs, ring.slice(from)]
}

function isCorner(points: readonly Vec[], i: number, closed: boolean): boolean {
  const count = points.length
  if (!closed && (i === 0 || i === count - 1)) return false
  const p = points[i] as Vec
  const a = points[(i + count - 1) % count] as Vec
  const b = points[(i + 1) % count] as Vec
  const cos =
    ((p[0] - a[0]) * (b[0] - p[0]) + (p[1] - a[1]) * (b[1] - p[1])) / (distance(a, p) * distance(p, b))
  return !(cos > CORNER)
}

/** Fewer points of a bend: the hand misses each of them a little, and many would tremble. */
function thinned(run: readonly Vec[]): readonly Vec[] {
  let length = 0
  for (let i = 1; i < run.length; i++) length += distance(run[i - 1] as Vec, run[i] as Vec)
  const count = Math.max(LEAST_STRIDES, Math.min(MOST_STRIDES, Math.round(length / STRIDE)))
  const out: Vec[] = [run[0] as Vec]
  let walked = 0
  for (let i = 1; i < run.length; i++) {
    const [a, b] = [run[i - 1] as Vec, run[i] as Vec]
    const step = distance(a, b)
    while (out.length < count && walked + step >= (out.length * length) / count) {
      out.push(lerp(a, b, ((out.length * length) / count - walked) / step))
    }
    walked += step
  }
  return [...out, run[run.length - 1] as Vec]
}

/** World units between hatched lines as roughjs sees them, which only draws with whole steps. */
const GAP = 8
const ANGLE = -41

/** Parallel lines, `gap` apart, that fill the closed outline. */
export function hatchedLines(
  outline: readonly Vec[],
  gap: number,
  turn: 'slanted' | 'crossing' | 'upright',
  roughness: number,
  seed: number,
): readonly Curve[] {
  const scale = GAP / gap
  const corners = outline.map(([x, y]): [number, number] => [x * scale, y * scale])
  const options: ResolvedOptions = {
    ...HAND,
    hachureGap: GAP,
    hachureAngle: { slanted: ANGLE, crossing: ANGLE + 90, upright: 0 }[turn],
    roughness: Math.min(MOST_ROUGHNESS, roughness) * scale,
    disableMultiStrokeFill: true,
    seed,
  }
  // As the generator does: the filler itself would begin with a die that has no seed.
  polygon(corners, options)
  return curvesOf(hachure.fillPolygons([corners], options).ops).map(curve =>
    curve.map(([x, y]): Vec => [x / scale, y / scale]),
  )
}

/** The points of the curve, which miss it by `tolerance` at most. */
export function flattened(curve: Curve, tolerance: number): readonly Vec[] {
  const out: Vec[] = curve[0] ? [curve[0]] : []
  for (let i = 1; i + 2 < curve.length; i += 3) {
    const [a, b, c, d] = [curve[i - 1], curve[i], curve[i + 1], curve[i + 2]] as [Vec, Vec, Vec, Vec]
    const bend = Math.max(bendAt(a, b, c), bendAt(b, c, d))
    // The second differences bound how far a cubic is from its chord: 3/4 of the largest, by n squared.
    const steps = Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / tolerance)))
    for (let s = 1; s <= steps; s++) out.push(cubicAt(a, b, c, d, s / steps))
  }
  return out
}

const bendAt = (a: Vec, b: Vec, c: Vec): number => Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])

function cubicAt(a: Vec, b: Vec, c: Vec, d: Vec, t: number): Vec {
  const middle = lerp(b, c, t)
  const left = lerp(lerp(a, b, t), middle, t)
  return lerp(left, lerp(middle, lerp(c, d, t), t), t)
}
