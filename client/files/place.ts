import type { Box } from '../../shared/geometry/box.ts'
import { centreOf } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { keysAbove } from '../../shared/schema/order.ts'
import type { Binding } from '../../shared/schema/prop.ts'
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
  const ids = new Map(imported.shapes.map(({ id }) => [id, newId()]))
  const shapes = imported.shapes.map((shape, i): KnownShape => {
    const pos = [inWorld(shape.pos[0] + dx), inWorld(shape.pos[1] + dy)] as const
    const groups = shape.groups.map(groupOf)
    return { ...linked(shape, ids), id: ids.get(shape.id) as string, pos, z: keys[i] as string, groups }
  })
  return { shapes, bounds: { ...bounds, x: bounds.x + dx, y: bounds.y + dy } }
}

/** The shape with the shapes that it names under their new ids; those that did not come with it, it is not attached to. */
function linked(shape: KnownShape, ids: ReadonlyMap<string, string>): KnownShape {
  const renamed = (binding: Binding | null): Binding | null => {
    const id = binding ? ids.get(binding[0]) : undefined
    return binding && id !== undefined ? [id, binding[1], binding[2]] : null
  }
  const inside = { frame: ids.get(shape.frame) ?? '', page: ids.get(shape.page) ?? '' }
  if (shape.type !== 'arrow') return { ...shape, ...inside }
  return { ...shape, ...inside, start: renamed(shape.start), end: renamed(shape.end) }
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
