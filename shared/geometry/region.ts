import { boxAround } from './box.ts'
import type { Vec } from './vec.ts'

/** Bands that a polygon is cut into. A loop around things has few edges in each. */
const BANDS = 64

/** Tells quickly, for many points, whether they lie inside the closed polygon (even-odd rule). */
export function insideOf(polygon: readonly Vec[]): (p: Vec) => boolean {
  const { y: top, h } = boxAround(polygon)
  const bandOf = (y: number) => Math.floor(((y - top) / (h || 1)) * BANDS)
  // Of each edge its two ends, one number after the other: this is asked for thousands of points in a frame.
  const bands: number[][] = Array.from({ length: BANDS + 1 }, () => [])
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length] as Vec
    const [first, last] = [bandOf(Math.min(a[1], b[1])), bandOf(Math.max(a[1], b[1]))]
    for (let band = first; band <= last; band++) bands[band]?.push(a[0], a[1], b[0], b[1])
  })
  return ([x, y]) => {
    let inside = false
    const edges = bands[bandOf(y)] ?? []
    for (let i = 0; i < edges.length; i += 4) {
      const ay = edges[i + 1] as number
      const by = edges[i + 3] as number
      if (ay > y === by > y) continue
      const ax = edges[i] as number
      if (x < (((edges[i + 2] as number) - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
    return inside
  }
}
