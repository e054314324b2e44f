import type { Box } from '../../shared/geometry/box.ts'
import { centreOf } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { keysAbove } from '../../shared/schema/order.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import type { Imported } from './imported.ts'

interface Placement {
  newId(): string
  /** The order key of the topmost shape of the board, null when it has none. */
  readonly below: string | null
  /** Where the middle of the imported shapes goes; world space. */
  readonly at: Vec
}

interface Placed {
  /** From the bottom to the top, ready to be created. */
  readonly shapes: readonly KnownShape[]
  /** Around them in world space; undefined when there are none. */
  readonly bounds: Box | undefined
}

/** Gives imported shapes fresh ids and groups, order keys above everything, and their place on the board. */
export function placeImported(imported: Imported, { newId, below, at }: Placement): Placed {
  const { bounds } = imported
  if (!bounds) return { shapes: [], bounds }
  const [dx, dy] = offsetTo(at, bounds, imported.shapes)
  const groups = new Map<string, string>()
  const groupOf = (provisional: string): string => {
    const known = groups.get(provisional) ?? newId()
    groups.set(provisional, known)
    return known
  }
  const keys = keysAbove(below, imported.shapes.length)
  const shapes = imported.shapes.map(
    (shape, i): KnownShape => ({
      ...shape,
      id: newId(),
      pos: [inWorld(shape.pos[0] + dx), inWorld(shape.pos[1] + dy)],
      z: keys[i] as string,
      groups: shape.groups.map(groupOf),
    }),
  )
  return { shapes, bounds: { ...bounds, x: bounds.x + dx, y: bounds.y + dy } }
}

/** Rounding may carry a shape that lies at the edge of the world a hair over it. */
const inWorld = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))

/** The move that brings the middle of `bounds` to `at`, as far as no shape leaves the world. */
function offsetTo(at: Vec, bounds: Box, shapes: readonly KnownShape[]): Vec {
  const middle = centreOf(bounds)
  const along = (k: 0 | 1): number => {
    let least = Infinity
    let most = -Infinity
    for (const { pos } of shapes) {
      least = Math.min(least, pos[k])
      most = Math.max(most, pos[k])
    }
    return Math.max(-LIMITS.coordinate - least, Math.min(LIMITS.coordinate - most, at[k] - middle[k]))
  }
  return [along(0), along(1)]
}
