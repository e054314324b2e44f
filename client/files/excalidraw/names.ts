import type { KnownShape } from '../../../shared/shapes/index.ts'
import { type Source, sourceOf } from '../source.ts'

/** What shapes and groups are called in a file. */
export interface Names {
  /** The id of a shape's element; undefined for a shape that is not in the file. */
  id(shape: string): string | undefined
  /** The id of the element of a shape's label. */
  label(shape: string): string
  /** Undefined for a group that is none in the file. */
  group(group: string): string | undefined
}

/** A shape that is written, with what a file once said of it. */
export interface Entry {
  readonly shape: KnownShape
  /** Undefined too for a copy of a shape that was read: only the first takes what the file said. */
  readonly source: Source | undefined
}

/** What tells one source from another. */
export const keyOf = ({ elements }: Source): string => JSON.stringify(elements)

/** The shapes, each file's element claimed by the first shape that was read from it. */
export function entriesOf(shapes: readonly KnownShape[]): readonly Entry[] {
  const claimed = new Set<string>()
  return shapes.map(shape => {
    const source = sourceOf(shape)
    const ids = source?.elements.map(({ id }) => id).filter(id => typeof id === 'string') ?? []
    if (!source || ids.length < source.elements.length || ids.some(id => claimed.has(id)))
      return { shape, source: undefined }
    for (const id of ids) claimed.add(id)
    return { shape, source }
  })
}

/** `groups` says what a group was called in the file that it comes from; empty for one that only our shapes have. */
export function namesOf(entries: readonly Entry[], groups: ReadonlyMap<string, string>): Names {
  const ids = new Map<string, string>()
  const labels = new Map<string, string>()
  for (const { shape, source } of entries) {
    ids.set(shape.id, idAt(source, 0) ?? shape.id)
    labels.set(shape.id, idAt(source, 1) ?? `${ids.get(shape.id)}-label`)
  }
  return {
    id: shape => ids.get(shape),
    label: shape => labels.get(shape) ?? `${shape}-label`,
    group: group => {
      const known = groups.get(group)
      return known === '' ? undefined : (known ?? group)
    },
  }
}

const idAt = (source: Source | undefined, i: number): string | undefined => {
  const id = source?.elements[i]?.id
  return typeof id === 'string' ? id : undefined
}

/**
 * What the groups of shapes were called in their file. `base` is each shape as it was read from there, in which `fileGroups` are the
 * names of groups; a group that holds a text to its box has none there.
 */
export function groupNames(
  entries: readonly Entry[],
  base: ReadonlyMap<string, KnownShape>,
  fileGroups: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  const taken = new Set<string>()
  for (const { shape, source } of entries) {
    const read = source && base.get(keyOf(source))
    if (!read || read.groups.length !== shape.groups.length) continue
    for (const [i, group] of shape.groups.entries()) {
      const name = fileGroups.get(read.groups[i] as string) ?? ''
      if (known.has(group) || (name !== '' && taken.has(name))) continue
      known.set(group, name)
      taken.add(name)
    }
  }
  return known
}
