import { distance, type Vec } from '../../../shared/geometry/vec.ts'
import { panBy } from '../../editor/camera.ts'
import type { Camera } from '../../editor/types.ts'

/** What moves on. */
interface Target {
  readonly state: { readonly camera: Camera }
  look(camera: Camera): void
}

/** ms. The speed of a flick is that of its end. */
const MEASURED = 80
/** ms. A pointer that rested before it was lifted has no speed. */
const AT_REST = 40
/** Screen pixels per ms below which nothing seems to move. */
const LEAST_SPEED = 0.03
/** Screen pixels per ms from which on it was a flick, and the most that a flick gives. */
const FLICK = 0.25
const MOST_SPEED = 4
/** ms in which the speed falls to a third. */
const SLOWS_IN = 320

/** The speed, in screen pixels per ms, at which `trail` ended; null where it was no flick. Times in ms. */
export function flickSpeed(
  trail: readonly { readonly at: Vec; readonly time: number }[],
  now: number,
): Vec | null {
  const last = trail.at(-1)
  const recent = trail.filter(({ time }) => now - time <= MEASURED)
  const first = recent[0]
  if (!last || !first || now - last.time > AT_REST || last.time <= first.time) return null
  const took = last.time - first.time
  const speed = distance(first.at, last.at) / took
  if (speed < FLICK) return null
  const k = Math.min(1, MOST_SPEED / speed) / took
  return [(last.at[0] - first.at[0]) * k, (last.at[1] - first.at[1]) * k]
}

/** Lets the view go on moving after a flick, slower and slower, until something else moves it. */
export class Coast {
  readonly #target: Target
  #trail: { readonly at: Vec; readonly time: number }[] = []
  #request = 0

  constructor(target: Target) {
    this.#target = target
  }

  /** The view follows a pointer, which is at `at` (screen space) by now. */
  track(at: Vec, time: number): void {
    this.#trail = [...this.#trail.filter(point => time - point.time <= MEASURED), { at, time }]
  }

  /** The pointer let go. */
  release(time: number): void {
    const speed = flickSpeed(this.#trail, time)
    this.#trail = []
    if (!speed || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    this.#go(speed)
  }

  stop(): void {
    cancelAnimationFrame(this.#request)
    this.#trail = []
  }

  #go(speed: Vec): void {
    const target = this.#target
    let [vx, vy] = speed
    let last = target.state.camera
    let before: number | undefined
    const step = (now: number) => {
      if (target.state.camera !== last) return
      const passed = before === undefined ? 0 : Math.min(50, now - before)
      before = now
      target.look(panBy(last, [vx * passed, vy * passed]))
      last = target.state.camera
      const k = Math.exp(-passed / SLOWS_IN)
      vx *= k
      vy *= k
      if (Math.hypot(vx, vy) > LEAST_SPEED) this.#request = requestAnimationFrame(step)
    }
    this.#request = requestAnimationFrame(step)
  }
}
