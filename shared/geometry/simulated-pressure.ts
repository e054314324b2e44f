import { STREAMLINE, WIDTH_PER_NOMINAL } from './strokes.ts'
import { distance, lerp, type Vec } from './vec.ts'

/** perfect-freehand's own constant: how quickly the simulated pressure follows the speed. */
const RATE = 0.275
/** Points whose pressures are averaged for where the simulation starts, as perfect-freehand does. */
const START = 10

/**
 * The pressures that perfect-freehand simulates from speed, kept from point to point. Simulated for a part of a
 * stroke, each part would start thin.
 */
export class SimulatedPressure {
  readonly #known: number[] = []
  #at: Vec = [0, 0]
  #size: number

  constructor(width: number) {
    this.#size = width * WIDTH_PER_NOMINAL
  }

  /** Of the points from `start` on, up to `end`; `points` may have grown since the last call, but not changed. */
  of(points: readonly Vec[], start: number, end: number): readonly number[] {
    for (let i = this.#known.length; i < end; i++) this.#known.push(this.#next(points, i))
    return this.#known.slice(start, end)
  }

  #next(points: readonly Vec[], i: number): number {
    const point = points[i] as Vec
    if (i === 0) {
      this.#at = point
      return this.#startOf(points)
    }
    const at = lerp(this.#at, point, 1 - STREAMLINE * 0.85)
    const pressure = this.#follow(this.#known[i - 1] as number, distance(this.#at, at))
    this.#at = at
    return pressure
  }

  #startOf(points: readonly Vec[]): number {
    let pressure = 0.25
    for (let i = 1; i < Math.min(START, points.length); i++) {
      const moved = distance(points[i - 1] as Vec, points[i] as Vec)
      pressure = (pressure + this.#follow(pressure, moved)) / 2
    }
    return pressure
  }

  #follow(before: number, moved: number): number {
    const speed = Math.min(1, moved / this.#size)
    return Math.min(1, before + (1 - speed - before) * speed * RATE)
  }
}
