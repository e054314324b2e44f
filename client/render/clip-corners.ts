import { boxContainsBox } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { boxOf } from '../../shared/shapes/boxed.ts'
import { frameCorners } from '../../shared/shapes/frame.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import { paintedBounds } from './scene-index.ts'

/** The corners (world space) that `shape` is cut off at by its frame; undefined where it lies wholly inside. */
export function clipCorners(
  frame: Shape | null | undefined,
  shape: Shape,
  lineWidth: LineWidth,
): readonly Vec[] | undefined {
  if (frame?.type !== 'frame' || frame.hidden) return undefined
  const isInside = frame.rot === 0 && boxContainsBox(boxOf(frame), paintedBounds(shape, lineWidth))
  return isInside ? undefined : frameCorners(frame)
}
