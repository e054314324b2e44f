import { type Box, centreOf } from '../../shared/geometry/box.ts'
import { rotateAbout, sub, type Vec } from '../../shared/geometry/vec.ts'
import type { Resize } from '../../shared/shapes/common.ts'
import { type ResizeHandle, sidesOf } from './selection-frame.ts'

export interface ResizeOptions {
  readonly keepsAspect: boolean
  /** About the centre of the frame rather than its opposite side. */
  readonly fromCentre: boolean
  /** World units; no side becomes shorter, so that what was made small can be made large again. */
  readonly least: number
}

/** What dragging `handle` of a frame from `from` to `to` (world space) does. The opposite side stays in place. */
export function resizeBy(
  frame: { readonly box: Box; readonly rot: number },
  handle: ResizeHandle,
  from: Vec,
  to: Vec,
  options: ResizeOptions,
): Resize {
  const { box, rot } = frame
  const [dx, dy] = rotateAbout(sub(to, from), [0, 0], -rot)
  const [sx, sy] = sidesOf(handle)
  const reach = options.fromCentre ? 2 : 1
  const [kx, ky] = scales(
    sx === 0 || box.w === 0 ? null : (box.w + dx * sx * reach) / box.w,
    sy === 0 || box.h === 0 ? null : (box.h + dy * sy * reach) / box.h,
    options.keepsAspect,
  )
  const x = span(box.x, box.w, sx, kx, options)
  const y = span(box.y, box.h, sy, ky, options)
  const target: Box = { x: x.at, y: y.at, w: x.length, h: y.length }
  return { from: box, to: rot === 0 ? target : recentred(target, box, rot), flipX: kx < 0, flipY: ky < 0 }
}

/** The scale of each axis, from what the pointer asks of it; null for an axis that the handle does not move. */
function scales(x: number | null, y: number | null, keepsAspect: boolean): readonly [x: number, y: number] {
  if (!keepsAspect) return [x ?? 1, y ?? 1]
  const most = Math.max(Math.abs(x ?? 0), Math.abs(y ?? 0))
  const signed = (k: number | null) => (k !== null && k < 0 ? -most : most)
  return x === null && y === null ? [1, 1] : [signed(x), signed(y)]
}

/** One axis of the frame, scaled by `k` about the side opposite `side`, or about its middle. */
function span(
  start: number,
  length: number,
  side: number,
  k: number,
  { fromCentre, least }: ResizeOptions,
): { readonly at: number; readonly length: number } {
  if (k === 1) return { at: start, length }
  const scaled = length === 0 ? 0 : Math.max(least, length * Math.abs(k))
  if (side === 0 || fromCentre) return { at: start + length / 2 - scaled / 2, length: scaled }
  const anchor = side > 0 ? start : start + length
  const growsRight = side > 0 === k >= 0
  return { at: growsRight ? anchor : anchor - scaled, length: scaled }
}

/**
 * A turned shape turns about its own centre, which a resize moves. `target` is meant in the axes turned about the
 * centre of `box`; the result is the box that lies there once it is turned about its own centre.
 */
export function recentred(target: Box, box: Box, rot: number): Box {
  const [cx, cy] = rotateAbout(centreOf(target), centreOf(box), rot)
  return { ...target, x: cx - target.w / 2, y: cy - target.h / 2 }
}
