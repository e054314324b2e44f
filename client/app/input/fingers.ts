import { distance, lerp, sub, type Vec } from '../../../shared/geometry/vec.ts'
import { panBy, zoomAt } from '../../editor/camera.ts'
import type { Camera } from '../../editor/types.ts'

/** By how much a pinch must change the zoom to have meant it. */
const ZOOMED = 0.03

/** Where fingers are on the screen, in the order in which they came down; two of them move the view. */
export class Fingers {
  readonly #places = new Map<number, Vec>()
  #startDistance = 0

  get size(): number {
    return this.#places.size
  }

  has(pointer: number): boolean {
    return this.#places.has(pointer)
  }

  put(pointer: number, at: Vec): void {
    this.#places.set(pointer, at)
    const [a, b] = [...this.#places.values()]
    if (this.size === 2 && a && b) this.#startDistance = distance(a, b)
  }

  lift(pointer: number): void {
    this.#places.delete(pointer)
  }

  clear(): void {
    this.#places.clear()
  }

  /** The middle of the two fingers of a pinch. */
  get centre(): Vec | undefined {
    const [a, b] = [...this.#places.values()]
    return a && b && lerp(a, b, 0.5)
  }

  /** Whether the fingers have moved apart or together since they came down, rather than along with each other. */
  get hasZoomed(): boolean {
    const [a, b] = [...this.#places.values()]
    return a !== undefined && b !== undefined && Math.abs(distance(a, b) / this.#startDistance - 1) > ZOOMED
  }

  /** Notes where a finger is by now. Returns where the view goes, when two are down. */
  move(pointer: number, at: Vec, camera: Camera): Camera | undefined {
    const [a, b] = [...this.#places.values()]
    this.#places.set(pointer, at)
    const [c, d] = [...this.#places.values()]
    if (!a || !b || !c || !d) return undefined
    const centre = lerp(c, d, 0.5)
    const moved = panBy(camera, sub(centre, lerp(a, b, 0.5)))
    // Fingers that lie on each other give no scale.
    const factor = distance(c, d) / Math.max(distance(a, b), 1)
    return zoomAt(moved, centre, factor > 0 ? factor : 1)
  }
}
