import type { Box } from '../../../shared/geometry/box.ts'
import { gridUnit } from '../../../shared/geometry/grid.ts'
import type { LineWidth } from '../../../shared/geometry/text.ts'
import { add, type Vec } from '../../../shared/geometry/vec.ts'
import { type KnownShape, type ShapeId, shapeBounds } from '../../../shared/shapes/index.ts'
import type { BoardView } from '../../board/board.ts'
import { boundsOf, knownShapes } from '../preview.ts'
import type { Guide, Modifiers, Scene, SnapField } from '../types.ts'
import { movingPoint, type SnapRules, snap } from './snap.ts'
import { snapTargets } from './targets.ts'

/** Screen pixels within which shapes snap to each other. */
const REACH = 8

/** What `ids` can snap to when they are moved among `inView`. */
export function snapField(
  ids: readonly ShapeId[],
  inView: readonly KnownShape[],
  board: BoardView,
  lineWidth: LineWidth,
): SnapField {
  const moved = new Set(ids)
  const others = inView.filter(shape => isTarget(shape) && !moved.has(shape.id) && !moved.has(shape.frame))
  return {
    box: boundsOf(knownShapes(board, ids), lineWidth) ?? null,
    targets: snapTargets(others.map((shape): Box => shapeBounds(shape, lineWidth))),
  }
}

/** The boxes around lines and strokes say little of how they look. */
const isTarget = (shape: KnownShape): boolean => !('points' in shape || 'ink' in shape)

/** How things snap in `scene`; undefined for not at all. Ctrl lets go of everything. */
export function snapRules(
  scene: Scene,
  ids: readonly ShapeId[],
  modifiers: Modifiers,
): SnapRules | undefined {
  const { settings, camera } = scene
  if (modifiers.ctrl || !(settings.snapping || settings.grid)) return undefined
  return {
    targets: settings.snapping ? scene.snapField(ids).targets : null,
    grid: settings.grid ? gridUnit(camera.zoom) : null,
    reach: REACH / camera.zoom,
  }
}

/** A place that the pointer was brought to. */
export interface SnappedPoint {
  /** World space. */
  readonly at: Vec
  readonly guides: readonly Guide[]
}

export const unsnapped = (at: Vec): SnappedPoint => ({ at, guides: [] })

const NOBODY: readonly ShapeId[] = []

/** Where the point of a shape that is being drawn belongs. */
export function snapPoint(at: Vec, modifiers: Modifiers, scene: Scene, ids = NOBODY): SnappedPoint {
  const rules = snapRules(scene, ids, modifiers)
  if (!rules) return unsnapped(at)
  const { by, guides } = snap(movingPoint(at), rules)
  return { at: add(at, by), guides }
}

/** Where a point goes that only the grid holds: the first corner of a box, before there is anything to align. */
export function gridPoint(at: Vec, modifiers: Modifiers, scene: Scene): Vec {
  const rules = snapRules(scene, NOBODY, modifiers)
  if (!rules || rules.grid === null) return at
  const { by } = snap(movingPoint(at), { ...rules, targets: null })
  return add(at, by)
}
