import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Preview } from '../../editor/types.ts'

/** CSS pixels from the edge of the canvas in which a drag scrolls. */
const ZONE = 32
/** CSS pixels per ms at the very edge; a pointer outside goes up to twice as fast. */
const SPEED = 0.7
/** ms. A drag that only passes the edge scrolls nothing. */
const AFTER = 250

/** The drags that may want to go on outside of the view. */
const SCROLLING: ReadonlySet<Preview['kind']> = new Set<Preview['kind']>([
  ...(['move', 'duplicate', 'resize', 'reshape', 'adjust', 'create', 'marquee', 'lasso'] as const),
])

/** How fast a drag at `at` scrolls a canvas of that size; pixels per ms, towards the edge. */
export function scrollSpeed(at: Vec, { w, h }: { readonly w: number; readonly h: number }): Vec {
  return [speedAlong(at[0], w), speedAlong(at[1], h)]
}

function speedAlong(at: number, length: number): number {
  // In a narrow window the middle stays calm.
  const zone = Math.min(ZONE, length / 8)
  const depth = at < zone ? at - zone : Math.max(0, at - (length - zone))
  return SPEED * Math.max(-2, Math.min(2, depth / zone))
}

interface Target {
  readonly state: {
    readonly preview: Preview | null
    readonly viewport: { readonly w: number; readonly h: number }
  }
}

/**
 * Scrolls while a drag is held near the edge, the faster the closer. `scroll` moves the view by screen pixels and lets
 * the drag follow.
 */
export class EdgeScroll {
  readonly #target: Target
  readonly #scroll: (by: Vec) => void
  #at: Vec = [0, 0]
  #request: number | null = null
  /** When the pointer came near the edge. */
  #since: number | null = null
  #before = 0

  constructor(target: Target, scroll: (by: Vec) => void) {
    this.#target = target
    this.#scroll = scroll
  }

  /** The pointer of a gesture is at `at`; screen space. */
  follow(at: Vec): void {
    this.#at = at
    const isNear = this.#speed.some(speed => speed !== 0)
    if (!isNear) return this.stop()
    this.#request ??= requestAnimationFrame(this.#step)
  }

  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request)
    this.#request = null
    this.#since = null
  }

  get #speed(): Vec {
    const { preview, viewport } = this.#target.state
    return preview && SCROLLING.has(preview.kind) ? scrollSpeed(this.#at, viewport) : [0, 0]
  }

  #step = (now: number): void => {
    this.#request = null
    const [vx, vy] = this.#speed
    if (vx === 0 && vy === 0) return this.stop()
    const passed = this.#since === null ? 0 : Math.min(50, now - this.#before)
    this.#since ??= now
    this.#before = now
    if (now - this.#since >= AFTER) this.#scroll([vx * passed, vy * passed])
    this.#request = requestAnimationFrame(this.#step)
  }
}
