import type { Shape } from '../../shared/shapes/index.ts'

/** The images that shapes show, each once. */
export function imageHashes(shapes: Iterable<Shape>): ReadonlySet<string> {
  const hashes = new Set<string>()
  for (const shape of shapes) if (shape.type === 'image') hashes.add(shape.asset)
  return hashes
}
