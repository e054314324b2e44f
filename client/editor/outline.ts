import { centreOf } from '../../shared/geometry/box.ts'
import { pointsAlong } from '../../shared/geometry/polyline.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { inkInWorld } from '../../shared/shapes/ink.ts'
import { pathPolyline } from '../../shared/shapes/path.ts'

/** Points that stand for a shape: enough to tell what part of it lies somewhere. */
const SAMPLES = 16

const known = new WeakMap<KnownShape, readonly Vec[]>()

/**
 * Points along a shape, as it is seen: evenly along a stroke or line, else around the ellipse in its box, which every
 * figure fills. World space.
 */
export function outlineOf(shape: KnownShape, lineWidth: LineWidth): readonly Vec[] {
  const before = known.get(shape)
  if (before) return before
  const box = shapeBox(shape, lineWidth)
  const centre = centreOf(box)
  const outline = ownOutline(shape, lineWidth).map(p => rotateAbout(p, centre, shape.rot))
  known.set(shape, outline)
  return outline
}

function ownOutline(shape: KnownShape, lineWidth: LineWidth): readonly Vec[] {
  if (shape.type === 'ink') return pointsAlong(inkInWorld(shape).points, SAMPLES)
  if ('points' in shape) return pointsAlong(pathPolyline(shape), SAMPLES)
  const box = shapeBox(shape, lineWidth)
  const [cx, cy] = centreOf(box)
  return Array.from({ length: SAMPLES }, (_, i): Vec => {
    const angle = (i / SAMPLES) * 2 * Math.PI
    return [cx + (Math.cos(angle) * box.w) / 2, cy + (Math.sin(angle) * box.h) / 2]
  })
}
