import { middleSpan } from '../../../shared/geometry/elbow-bend.ts'
import { add, lerp, sub, type Vec } from '../../../shared/geometry/vec.ts'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import { pathPolyline, pathThrough } from '../../../shared/shapes/path.ts'
import { pointsAsSeen } from '../path-handles.ts'
import { tidy } from '../tidy.ts'
import type { Modifiers, Preview, Scene } from '../types.ts'
import { asSeen } from './arrow-ends.ts'

/** Screen pixels from where it would run by itself within which the middle of an elbow goes back there. */
const REACH = 8

/** The elbow with its middle span dragged from `from` to `to`, its ends held as they are; null where it has none. */
export function bentElbow(
  arrow: Arrow,
  from: Vec,
  to: Vec,
  { ctrl }: Modifiers,
  scene: Scene,
): Extract<Preview, { readonly kind: 'reshape' }> | null {
  const points = pointsAsSeen(arrow, scene.lineWidth)
  const ends = pathThrough([points[0] as Vec, points[points.length - 1] as Vec])
  const plain: Arrow = { ...arrow, ...ends, rot: 0, bend: [0, 0] }
  const own = spanOf(asSeen(plain, scene))
  const now = spanOf(arrow)
  if (!own || !now) return null
  const { zoom } = scene.camera
  const { axis } = own
  const moved = add(now.middle, sub(to, from))[axis] - own.middle[axis]
  const by = !ctrl && Math.abs(moved) * zoom < REACH ? 0 : tidy(moved, zoom)
  const bend: Vec = axis === 0 ? [by, arrow.bend[1]] : [arrow.bend[0], by]
  const { pos, points: seen } = asSeen({ ...plain, bend }, scene)
  return { kind: 'reshape', id: arrow.id, pos, points: seen, start: arrow.start, end: arrow.end, bend }
}

/** The middle of the span that can be moved, and the axis along which. */
function spanOf(arrow: Arrow): { readonly middle: Vec; readonly axis: 0 | 1 } | undefined {
  const line = pathPolyline(arrow)
  const i = middleSpan(line)
  const [p, q] = i === undefined ? [] : [line[i], line[i + 1]]
  if (!p || !q) return undefined
  const axis = Math.abs(p[0] - q[0]) <= Math.abs(p[1] - q[1]) ? 0 : 1
  return { middle: lerp(p, q, 0.5), axis }
}
