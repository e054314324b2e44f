import type { Vec } from '../../shared/geometry/vec.ts'
import { compareOrder } from '../../shared/schema/order.ts'
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

/** Copies of `shapes` with fresh ids and groups, bottom first. */
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
  return [...shapes].sort(compareOrder).map((shape, i) => ({
    ...shape,
    ...tidied(shapeMoved(shape, offset), zoom),
    id: newId(),
    z: keys[i] ?? shape.z,
    groups: shape.groups.map(groupOf),
  }))
}

/** Copies on the same board stay in a group that is copied only in part. */
export const isCopiedInPart =
  (members: (group: string) => ReadonlySet<ShapeId>, shapes: readonly KnownShape[]) =>
  (group: string): boolean => {
    const copied = shapes.filter(shape => shape.groups.includes(group)).length
    return copied < members(group).size
  }
