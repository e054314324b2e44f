import { rotateAbout, type Vec } from './vec.ts'

/** An axis-aligned rectangle; w and h are never negative. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** The box with `a` and `b` as opposite corners, in any order. */
export function boxBetween(a: Vec, b: Vec): Box {
  return {
    x: Math.min(a[0], b[0]),
    y: Math.min(a[1], b[1]),
    w: Math.abs(a[0] - b[0]),
    h: Math.abs(a[1] - b[1]),
  }
}

/** The smallest box around `points`; at the origin and empty when there are none. */
export function boxAround(points: Iterable<Vec>): Box {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const [x, y] of points) {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  if (left > right) return { x: 0, y: 0, w: 0, h: 0 }
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** The smallest box around `boxes`, or undefined when there are none. */
export function unionOf(boxes: Iterable<Box>): Box | undefined {
  let union: Box | undefined
  for (const box of boxes) {
    if (!union) {
      union = box
      continue
    }
    const x = Math.min(union.x, box.x)
    const y = Math.min(union.y, box.y)
    union = {
      x,
      y,
      w: Math.max(union.x + union.w, box.x + box.w) - x,
      h: Math.max(union.y + union.h, box.y + box.h) - y,
    }
  }
  return union
}

export const centreOf = (box: Box): Vec => [box.x + box.w / 2, box.y + box.h / 2]

export const grow = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  w: Math.max(0, box.w + 2 * by),
  h: Math.max(0, box.h + 2 * by),
})

export const boxContainsPoint = (box: Box, [x, y]: Vec): boolean =>
  x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h

export const boxContainsBox = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y + inner.h <= outer.y + outer.h

export const boxesMeet = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h

/** Clockwise from the top left. */
export const cornersOf = (box: Box): readonly [Vec, Vec, Vec, Vec] => [
  [box.x, box.y],
  [box.x + box.w, box.y],
  [box.x + box.w, box.y + box.h],
  [box.x, box.y + box.h],
]

/** The axis-aligned box around `box` turned about its centre by `angle` radians. */
export function boxTurned(box: Box, angle: number): Box {
  if (angle === 0) return box
  const centre = centreOf(box)
  return boxAround(cornersOf(box).map(corner => rotateAbout(corner, centre, angle)))
}
