import { boxAround } from '../geometry/box.ts'
import { type Ink, packInk, unpackInk } from '../geometry/ink.ts'
import { distanceToPolyline } from '../geometry/polyline.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { boxOf } from './boxed.ts'
import {
  type Common,
  commonProps,
  mapBox,
  type ShapeSpec,
  type Sized,
  type Stroked,
  sizedProps,
  strokedProps,
} from './common.ts'

export const BRUSHES = ['pen', 'highlighter'] as const
export type Brush = (typeof BRUSHES)[number]

/** A freehand stroke. Its points are written once; `pos`, `size` and `flip` place them. */
export interface InkShape extends Common, Sized, Stroked {
  readonly type: 'ink'
  /** A packed stroke, see packInk. */
  readonly ink: Uint8Array
  readonly flip: readonly [x: boolean, y: boolean]
  /** A highlighter lets through what lies under it. */
  readonly brush: Brush
  /** One width all along, whatever the pressure or speed. */
  readonly steady: boolean
}

/** How strongly a highlighter covers what lies under it, on top of the stroke's own opacity. */
const HIGHLIGHT = 0.4

/** 0 to 1: how strongly a stroke of that brush covers what lies under it. */
export const brushOpacity = (brush: Brush, opacity: number): number =>
  brush === 'highlighter' ? opacity * HIGHLIGHT : opacity

/** 0 to 1: how strongly a shape covers what lies under it. */
export const shownOpacity = (shape: { readonly opacity: number; readonly brush?: Brush }): number =>
  brushOpacity(shape.brush ?? 'pen', shape.opacity)

/** Whether a stroke is one width all along. A highlighter always is. */
export const isSteady = ({ brush, steady }: Pick<InkShape, 'brush' | 'steady'>): boolean =>
  steady || brush === 'highlighter'

const NO_INK: Ink = { points: [[0, 0]], pressures: null }

/** The stroke in world space, rotation left out, scaled from its own extent to the shape's size. */
export function inkInWorld(shape: InkShape): Ink {
  const { points, pressures } = unpackInk(shape.ink) ?? NO_INK
  const own = boxAround(points)
  const [w, h] = shape.size
  const kx = own.w === 0 ? 1 : w / own.w
  const ky = own.h === 0 ? 1 : h / own.h
  const [flipX, flipY] = shape.flip
  const place = (p: Vec): Vec => [
    shape.pos[0] + (flipX ? own.x + own.w - p[0] : p[0] - own.x) * kx,
    shape.pos[1] + (flipY ? own.y + own.h - p[1] : p[1] - own.y) * ky,
  ]
  return { points: points.map(place), pressures }
}

/** The keys that hold a stroke whose points are in world space. */
export function inkKeys(
  stroke: Ink,
  precision?: number,
): { readonly pos: Vec; readonly size: Vec; readonly ink: Uint8Array } {
  const box = boxAround(stroke.points)
  const points = stroke.points.map(([x, y]): Vec => [x - box.x, y - box.y])
  return {
    pos: [box.x, box.y],
    size: [box.w, box.h],
    ink: packInk({ points, pressures: stroke.pressures }, precision),
  }
}

export const ink: ShapeSpec<InkShape> = {
  type: 'ink',
  props: {
    type: prop.type('ink'),
    ...commonProps,
    ...sizedProps,
    ...strokedProps,
    ink: prop.ink,
    flip: prop.flags,
    brush: prop.oneOf(BRUSHES, 'pen'),
    steady: prop.flag(false),
  },
  box: boxOf,
  touches: (shape, p, tolerance) =>
    distanceToPolyline(p, inkInWorld(shape).points) <= tolerance + shape.width,
  resized(shape, resize) {
    const flip: InkShape['flip'] = [shape.flip[0] !== resize.flipX, shape.flip[1] !== resize.flipY]
    return { ...mapBox(boxOf(shape), resize), ...(resize.flipX || resize.flipY ? { flip } : {}) }
  },
}
