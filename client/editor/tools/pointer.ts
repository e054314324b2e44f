import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import type { ToolEvent } from '../types.ts'

type Down = Extract<ToolEvent, { readonly type: 'down' }>

/** Screen pixels a mouse or pen travels before a press becomes a drag. */
const DRAG_FROM = 4
/** Screen pixels for a finger, which is less steady. */
const TOUCH_DRAG_FROM = 6
/** Screen pixels around the pointer that count as touched. */
const TOLERANCE = 6
const TOUCH_TOLERANCE = 12

export const dragThreshold = (pointer: Down['pointer']): number =>
  pointer === 'touch' ? TOUCH_DRAG_FROM : DRAG_FROM

export const hitTolerance = (pointer: Down['pointer']): number =>
  pointer === 'touch' ? TOUCH_TOLERANCE : TOLERANCE

/** Whether a press has become a drag; screen space. */
export const isDrag = (pressed: Vec, now: Vec, threshold: number): boolean =>
  distance(pressed, now) >= threshold

/** Radians between the directions that shift allows. */
const ANGLE_STEP = Math.PI / 12

export const snapAngle = (angle: number): number => Math.round(angle / ANGLE_STEP) * ANGLE_STEP

/** `to`, brought onto the nearest 15 degree direction from `from`, as far along as the pointer is. */
export function snapDirection(from: Vec, to: Vec): Vec {
  const angle = snapAngle(Math.atan2(to[1] - from[1], to[0] - from[0]))
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const along = (to[0] - from[0]) * ux + (to[1] - from[1]) * uy
  return [from[0] + ux * along, from[1] + uy * along]
}
