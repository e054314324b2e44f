import type { Shape } from '../../shared/shapes/index.ts'

/** Keys that say where a shape is, or who changed it, not what it looks like. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'pos',
  'rot',
  'z',
  'groups',
  'opacity',
  'by',
  'frame',
  'page',
])

/** Whether two shapes are drawn alike, wherever they are. */
export function looksAlike(a: Shape, b: Shape): boolean {
  if (a === b) return true
  if (a.type !== b.type || a.opacity < 1 !== b.opacity < 1) return false
  const left = a as unknown as Readonly<Record<string, unknown>>
  const right = b as unknown as Readonly<Record<string, unknown>>
  for (const key in left) {
    if (left[key] !== right[key] && !APART.has(key) && !sameItems(left[key], right[key])) return false
  }
  return true
}

function sameItems(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, i) => item === b[i])
}
