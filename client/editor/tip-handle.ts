import { centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { bubbleTip } from '../../shared/shapes/bubble.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'

/** Where the handle of a bubble's tail is; undefined for another shape. */
export function tipHandle(shape: KnownShape, lineWidth: LineWidth): Vec | undefined {
  if (shape.type !== 'bubble') return undefined
  return rotateAbout(bubbleTip(shape), centreOf(shapeBox(shape, lineWidth)), shape.rot)
}
