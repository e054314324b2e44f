import type { Vec } from '../../shared/geometry/vec.ts'
import type { Dash, Outlined } from '../../shared/shapes/common.ts'
import { dashes } from './contour.ts'
import type { Drawing } from './shape-view.ts'
import { type Curve, flattened, seedOf, sketchedLine } from './sketch.ts'

/** A shape whose edge is a line that may be dashed or drawn by hand. */
export type Edged = Outlined & { readonly id: string }

/** Tolerances. What is smaller than this many of them is about a pixel. */
const PIXEL = 8

/** Whether the shape is to look drawn by hand: far away nobody sees that. */
export const isSketched = ({ roughness }: Edged, { tolerance }: Drawing): boolean =>
  roughness > 0 && 2 * roughness > PIXEL * tolerance

/** Whether the edge is one clean line. */
export const isPlain = (shape: Edged, drawing: Drawing): boolean =>
  shape.dash === 'solid' && !isSketched(shape, drawing)

/** By shape, as a shape is a value: a zoom draws the same lines more finely. */
const sketches = new WeakMap<Edged, Map<number, readonly Curve[]>>()

/** The lines that a pen follows along the edge, or along part `part` of it. */
export function strokeLines(
  shape: Edged,
  line: readonly Vec[],
  closed: boolean,
  drawing: Drawing,
  part = 0,
): readonly (readonly Vec[])[] {
  const whole = closed && line[0] ? [...line, line[0]] : line
  const lines = isSketched(shape, drawing)
    ? sketchOf(shape, line, closed, part).map(curve => flattened(curve, drawing.tolerance))
    : [whole]
  return shape.dash === 'solid' ? lines : lines.flatMap(run => dashed(run, shape.dash, shape.width, drawing))
}

function sketchOf(shape: Edged, line: readonly Vec[], closed: boolean, part: number): readonly Curve[] {
  const known = sketches.get(shape) ?? new Map<number, readonly Curve[]>()
  sketches.set(shape, known)
  const curves =
    known.get(part) ??
    sketchedLine(line, closed, shape.roughness, seedOf(shape.id) + part, shape.dash !== 'solid')
  known.set(part, curves)
  return curves
}

/** A line of more dashes than this is drawn with longer ones. */
const MOST_DASHES = 600
/** Of the width: how far the pen moves for a dot, whose round ends make the rest of it. */
const DOT = 0.02

function dashed(
  line: readonly Vec[],
  dash: Dash,
  width: number,
  drawing: Drawing,
): readonly (readonly Vec[])[] {
  const [on, off] = dash === 'dashed' ? [4 + 2 * width, 4 + 2 * width] : [DOT * width, 4 + 2 * width]
  let length = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Vec, line[i] as Vec]
    length += Math.hypot(a[0] - b[0], a[1] - b[1])
  }
  // Whole periods, so that a closed line has no seam.
  const periods = Math.min(MOST_DASHES, Math.round(length / (on + off)))
  const period = length / periods
  if (periods < 2 || period < 3 * PIXEL * drawing.tolerance) return [line]
  return dashes(line, (on * period) / (on + off), (off * period) / (on + off))
}
