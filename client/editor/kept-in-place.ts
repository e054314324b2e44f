import { centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { add, rotateAbout, sub, type Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'

/**
 * The `pos` with which a turned shape that becomes `after` is seen with its origin where it was `before`: another box has another
 * middle, about which it is turned. Nothing for one that is upright.
 */
export function keptInPlace<S extends KnownShape>(
  before: S,
  after: S,
  lineWidth: LineWidth,
): { readonly pos?: Vec } {
  const { rot } = before
  if (rot === 0) return {}
  const origin = rotateAbout(before.pos, centreOf(shapeBox(before, lineWidth)), rot)
  const fromMiddle = sub(after.pos, centreOf(shapeBox(after, lineWidth)))
  const middle = sub(origin, rotateAbout(fromMiddle, [0, 0], rot))
  return { pos: add(middle, fromMiddle) }
}
