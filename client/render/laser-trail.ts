import type { Vec } from '../../shared/geometry/vec.ts'
import type { Beam } from '../editor/types.ts'

/** ms until a point has faded. */
const LASTS = 1000
/** ms. Points that come together have been drawn since the last ones, but no longer ago than a message takes. */
const BURST = 100

/** A point of a trail; `life` runs from 1 to 0. */
export interface TrailPoint {
  /** World space. */
  readonly at: Vec
  readonly life: number
}

/** The trail of a laser pointer: each of its points fades by itself. Times in ms. */
export class LaserTrail {
  #points: readonly { readonly at: Vec; readonly time: number }[] = []
  /** The index of the point that comes next. */
  #next = 0

  /** Takes over what is new in `beam`. */
  follow({ start, points }: Beam, now: number): void {
    const fresh = points.slice(Math.max(0, this.#next - start))
    this.#next = Math.max(this.#next, start + points.length)
    const since = Math.max(this.#points.at(-1)?.time ?? 0, now - BURST)
    const timed = fresh.map((at, i) => ({ at, time: since + ((now - since) * (i + 1)) / fresh.length }))
    this.#points = [...this.#points, ...timed]
  }

  /** What is still seen, the oldest point first. */
  seen(now: number): readonly TrailPoint[] {
    this.#points = this.#points.filter(({ time }) => now - time < LASTS)
    return this.#points.map(({ at, time }) => ({ at, life: 1 - Math.max(0, now - time) / LASTS }))
  }
}
