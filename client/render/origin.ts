import { type Box, centreOf } from '../../shared/geometry/box.ts'
import { distance, type Vec } from '../../shared/geometry/vec.ts'

/** World units around the origin in which 32-bit floats place a point to a thirtieth of a pixel at 3000 % zoom. */
const NEAR = 8192

/** Where positions on the GPU are counted from: `origin` for as long as it is near enough to `view`. */
export function originFor(view: Box, origin: Vec): Vec {
  const centre = centreOf(view)
  const [x, y] = centre
  if (distance(centre, origin) <= Math.max(NEAR, 4 * Math.max(view.w, view.h))) return origin
  return [Math.round(x), Math.round(y)]
}
