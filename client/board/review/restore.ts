import type { KnownShape, Shape, ShapePatch } from '../../../shared/shapes/index.ts'
import { textSplice } from '../../../shared/util/text-splice.ts'
import type { Edit } from '../board.ts'
import { changedKeys, type ReviewedShape, type VersionName } from './compare.ts'

/**
 * The edits that make `version` of the shape out of what is on the board by now. Only keys in which the versions differ
 * are written: whatever else was changed since stays.
 */
export function restoringEdits(
  shape: ReviewedShape,
  version: VersionName,
  now: Shape | undefined,
): readonly Edit[] {
  const wanted = shape[version]
  if (now?.type === 'unreadable') return []
  if (!wanted) return now ? [{ op: 'remove', id: shape.id }] : []
  if (!now) return [{ op: 'create', shape: wanted }]
  // The same id with another type: somebody made something else in its place.
  if (now.type !== wanted.type)
    return [
      { op: 'remove', id: shape.id },
      { op: 'create', shape: wanted },
    ]
  return patchEdits(now, wanted, keysInQuestion(shape))
}

/** The keys in which the versions of a shape differ; every key when it is missing from one of them. */
function keysInQuestion({ mine, theirs, merged }: ReviewedShape): (key: string) => boolean {
  if (!mine || !theirs || !merged) return () => true
  const keys = new Set([...changedKeys(mine, theirs), ...changedKeys(mine, merged)])
  return key => keys.has(key)
}

function patchEdits(
  now: KnownShape,
  wanted: KnownShape,
  isInQuestion: (key: string) => boolean,
): readonly Edit[] {
  const { id } = now
  const edits: Edit[] = []
  const patch: Record<string, unknown> = {}
  for (const key of changedKeys(now, wanted).filter(isInQuestion)) {
    if (key === 'text' && 'text' in now && 'text' in wanted) {
      edits.push({ op: 'text', id, ...textSplice(now.text, wanted.text) })
    } else patch[key] = (wanted as unknown as Readonly<Record<string, unknown>>)[key]
  }
  if (Object.keys(patch).length > 0) edits.unshift({ op: 'patch', id, patch: patch as ShapePatch })
  return edits
}
