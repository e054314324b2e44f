import { centreOf } from '../../shared/geometry/box.ts'
import { pointsOf, valuesOf } from '../../shared/geometry/cut.ts'
import { inkPrecision } from '../../shared/geometry/ink.ts'
import { SimulatedPressure } from '../../shared/geometry/simulated-pressure.ts'
import { WIDTH_PER_NOMINAL } from '../../shared/geometry/strokes.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { distance, rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { type KnownShape, type ShapeId, type ShapePatch, shapeBox } from '../../shared/shapes/index.ts'
import { type InkShape, inkInWorld, inkKeys, isSteady } from '../../shared/shapes/ink.ts'
import type { Line } from '../../shared/shapes/line.ts'
import { isClosedPath, pathPolyline, pathThrough } from '../../shared/shapes/path.ts'
import { tidied } from './tidy.ts'
import type { Stretch } from './types.ts'

type Cuttable = InkShape | Line

/** Whether parts can be cut off the shape. */
export const isCuttable = (shape: KnownShape): shape is Cuttable =>
  shape.type === 'ink' || shape.type === 'line'

/** How far the paint reaches to each side of the polyline; world units. */
export const reachOf = (shape: Cuttable): number =>
  (shape.width / 2) * (shape.type === 'ink' ? WIDTH_PER_NOMINAL : 1)

const seen = new WeakMap<Cuttable, readonly Vec[]>()

/** The polyline that is drawn, as it is seen: world space, rotation applied. */
export function polylineOf(shape: Cuttable, lineWidth: LineWidth): readonly Vec[] {
  const known = seen.get(shape)
  if (known) return known
  const centre = centreOf(shapeBox(shape, lineWidth))
  const own = shape.type === 'ink' ? inkInWorld(shape).points : pathPolyline(shape)
  const points = own.map(p => rotateAbout(p, centre, shape.rot))
  seen.set(shape, points)
  return points
}

export const wholeOf = (points: readonly Vec[]): Stretch => [0, points.length - 1]

/** The keys that make the shape each of the stretches that are left of it. */
export function pieces(
  shape: Cuttable,
  keep: readonly Stretch[],
  lineWidth: LineWidth,
  zoom: number,
): readonly ShapePatch[] {
  const points = polylineOf(shape, lineWidth)
  const last = points.length - 1
  const stretches = keep.filter(([from, to]) => from >= 0 && to <= last && from <= to)
  return shape.type === 'ink'
    ? inkPieces(shape, points, stretches, zoom)
    : linePieces(shape, points, stretches, zoom)
}

function inkPieces(shape: InkShape, points: readonly Vec[], keep: readonly Stretch[], zoom: number) {
  const precision = Math.max(inkPrecision(zoom), shape.ink[2] ?? 0)
  const pressures = pressuresOf(shape, points)
  return keep.map((stretch): ShapePatch => {
    const piece = { points: pointsOf(points, stretch), pressures: pressures && valuesOf(pressures, stretch) }
    const keys = inkKeys(piece, precision)
    const fits = keys.ink.length <= LIMITS.inkBytes
    const fitting = fits ? keys : inkKeys({ ...piece, pressures: null }, precision)
    return { ...tidied(fitting, zoom), flip: [false, false], rot: 0 }
  })
}

/** A pen that reports no pressure gets one by its speed, which a piece by itself would not have at its beginning. */
function pressuresOf(shape: InkShape, points: readonly Vec[]): readonly number[] | null {
  if (isSteady(shape)) return null
  return inkInWorld(shape).pressures ?? new SimulatedPressure(shape.width).of(points, 0, points.length)
}

/** Points of a smooth span that a piece of it goes through; the curve through them is the same to the eye. */
const EVERY = 6

function linePieces(shape: Line, points: readonly Vec[], keep: readonly Stretch[], zoom: number) {
  const runs = keep.map(stretch => (shape.curved ? sparse(points, stretch) : pointsOf(points, stretch)))
  const [first, ...rest] = runs
  const [start, end] = [keep[0], keep.at(-1)]
  const meets = start?.[0] === 0 && end?.[1] === points.length - 1 && isClosedPath(points)
  const joined =
    meets && first && rest.length > 0 ? [[...(rest.pop() ?? []), ...first.slice(1)], ...rest] : runs
  return joined
    .filter(run => run.length > 1)
    .map((run): ShapePatch => ({ ...tidied(pathThrough(run), zoom), rot: 0 }))
}

/** The points of a stretch of a finely drawn curve, few enough to be kept. */
function sparse(points: readonly Vec[], [from, to]: Stretch): readonly Vec[] {
  const every = Math.max(EVERY, Math.ceil((to - from) / (LIMITS.linePoints - 4)))
  const inner: Vec[] = []
  for (let i = Math.ceil(from / every) * every; i < to; i += every) inner.push(points[i] as Vec)
  const [first, last] = [pointsOf(points, [from, from])[0] as Vec, pointsOf(points, [to, to])[0] as Vec]
  // A point right beside an end would bend the curve there.
  const apart = inner.filter(p => distance(p, first) > BESIDE && distance(p, last) > BESIDE)
  return [first, ...apart, last]
}

/** World units. */
const BESIDE = 0.5

/** The id under which a piece of a stroke is shown while it is being cut; no shape on a board can have it. */
export const pieceId = (id: ShapeId, piece: number): ShapeId => (piece === 0 ? id : `${id} piece ${piece}`)
