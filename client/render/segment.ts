import type { Graphics } from 'pixi.js'
import type { Vec } from '../../shared/geometry/vec.ts'

/** Adds a straight line to what is filled next: our builder of polygons makes nothing of a path of two points. */
export function segment(g: Graphics, [ax, ay]: Vec, [bx, by]: Vec, width: number): void {
  const length = Math.hypot(bx - ax, by - ay)
  if (length === 0) return
  const dx = ((bx - ax) / length) * (width / 2)
  const dy = ((by - ay) / length) * (width / 2)
  g.poly([ax - dy, ay + dx, bx - dy, by + dx, bx + dy, by - dx, ax + dy, ay - dx])
}
