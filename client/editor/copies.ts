import type { Vec } from '../../shared/geometry/vec.ts'
import { compareOrder } from '../../shared/schema/order.ts'
import type { Binding } from '../../shared/schema/prop.ts'
import { type KnownShape, type ShapeId, shapeMoved } from '../../shared/shapes/index.ts'
import { tidied } from './tidy.ts'

export interface CopyOptions {
  newId(): string
  /** Ascending order keys, one for each copy. */
  readonly keys: readonly string[]
  readonly offset: Vec
  readonly zoom: number
  /** Whether copies stay in this group; they get a group of their own instead when not. */
  keepsGroup(group: string): boolean
}

/**
 * Copies of `shapes` with fresh ids and groups, bottom first. A copy lies in the copy of its frame where there is one, and on no page yet.
 */
export function copiesOf(
  shapes: readonly KnownShape[],
  { newId, keys, offset, zoom, keepsGroup }: CopyOptions,
): readonly KnownShape[] {
  const groups = new Map<string, string>()
  const groupOf = (group: string): string => {
    if (keepsGroup(group)) return group
    const copied = groups.get(group) ?? newId()
    groups.set(group, copied)
    return copied
  }
  const sorted = [...shapes].sort(compareOrder)
  const fresh = sorted.map(newId)
  const copyOf = new Map(sorted.map(({ id }, i) => [id, fresh[i] as ShapeId]))
  return sorted.map((shape, i) => ({
    ...shape,
    ...tidied(shapeMoved(shape, offset), zoom),
    id: fresh[i] as ShapeId,
    z: keys[i] ?? shape.z,
    groups: shape.groups.map(groupOf),
    frame: copyOf.get(shape.frame) ?? '',
    page: '',
    // Or the copy could not be put where it is wanted.
    locked: false,
    ...(shape.type === 'arrow' && {
      start: copiedBinding(shape.start, copyOf),
      end: copiedBinding(shape.end, copyOf),
    }),
  }))
}

/** Which of `shapes` each of the copies was made from. */
export function originalsOf(
  copies: readonly KnownShape[],
  shapes: readonly KnownShape[],
): ReadonlyMap<ShapeId, ShapeId> {
  const sorted = [...shapes].sort(compareOrder)
  return new Map(copies.map(({ id }, i) => [id, (sorted[i] as KnownShape).id]))
}

/** A copied arrow is held by the copy of what holds it; where that is not copied along, it stays where it was seen. */
function copiedBinding(binding: Binding | null, copyOf: ReadonlyMap<ShapeId, ShapeId>): Binding | null {
  const copy = binding && copyOf.get(binding[0])
  return copy ? [copy, binding[1], binding[2]] : null
}

/** Copies on the same board stay in a group that is copied only in part. */
export const isCopiedInPart =
  (members: (group: string) => ReadonlySet<ShapeId>, shapes: readonly KnownShape[]) =>
  (group: string): boolean => {
    const copied = shapes.filter(shape => shape.groups.includes(group)).length
    return copied < members(group).size
  }
