import type { Box } from './box.ts'
import { distance, lerp, type Vec } from './vec.ts'

/** The polyline without its last `length`; its first point alone when it is shorter. */
export function withoutEnd(line: readonly Vec[], length: number): Vec[] {
  const out = [...line]
  let left = length
  while (left > 0 && out.length > 1) {
    const last = out.pop() as Vec
    const before = out[out.length - 1] as Vec
    const span = distance(before, last)
    if (span > left) out.push(lerp(last, before, left / span))
    left -= span
  }
  return out
}

/** The parts of the polyline that lie outside of `box`, in order. */
export function outsideBox(line: readonly Vec[], box: Box): readonly (readonly Vec[])[] {
  const parts: Vec[][] = []
  let current: Vec[] = []
  const end = () => {
    if (current.length > 1) parts.push(current)
    current = []
  }
  for (let i = 0; i + 1 < line.length; i++) {
    const a = line[i] as Vec
    const b = line[i + 1] as Vec
    const inside = spanInside(a, b, box)
    if (current.length === 0 && !(inside && inside[0] === 0)) current.push(a)
    if (!inside) {
      current.push(b)
      continue
    }
    if (inside[0] > 0) current.push(lerp(a, b, inside[0]))
    end()
    if (inside[1] < 1) current = [lerp(a, b, inside[1]), b]
  }
  end()
  return parts
}

/** From where to where, 0 to 1, the way from `a` to `b` runs in the box (Liang and Barsky); undefined when it does not. */
function spanInside(a: Vec, b: Vec, box: Box): readonly [number, number] | undefined {
  let from = 0
  let to = 1
  const sides = [
    [a[0] - b[0], a[0] - box.x],
    [b[0] - a[0], box.x + box.w - a[0]],
    [a[1] - b[1], a[1] - box.y],
    [b[1] - a[1], box.y + box.h - a[1]],
  ] as const
  for (const [p, q] of sides) {
    if (p === 0 && q < 0) return undefined
    if (p < 0) from = Math.max(from, q / p)
    if (p > 0) to = Math.min(to, q / p)
  }
  return from < to ? [from, to] : undefined
}
