import {
  type Marks,
  marksApart,
  marksBetween,
  movedMarks,
  NO_MARKS,
  splicedMarks,
} from '../../../shared/geometry/marks.ts'
import type { Lettered } from '../../../shared/shapes/common.ts'
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
  const keys = changedKeys(now, wanted).filter(isInQuestion)
  if ('text' in now && 'text' in wanted) edits.push(...textEdits(now, wanted, keys))
  for (const key of keys) {
    if (key !== 'text' && key !== 'marks')
      patch[key] = (wanted as unknown as Readonly<Record<string, unknown>>)[key]
  }
  if (Object.keys(patch).length > 0) edits.unshift({ op: 'patch', id, patch: patch as ShapePatch })
  return edits
}

/** Makes the text, with its marks, or the marks alone, as they are wanted. */
function textEdits(
  now: KnownShape & Lettered,
  wanted: KnownShape & Lettered,
  keys: readonly string[],
): readonly Edit[] {
  const { id } = now
  const marks = wanted.marks ?? NO_MARKS
  if (keys.includes('text')) {
    const splice = textSplice(now.text, wanted.text)
    const { at, remove, insert } = splice
    const spliced = splicedMarks(now.marks ?? NO_MARKS, at, remove, insert.length, 0)
    return [{ op: 'text', id, ...splice, style: 0 }, ...markEdits(id, spliced, marks)]
  }
  if (!keys.includes('marks')) return []
  // What was typed since keeps the looks that it has.
  const { at, remove, insert } = textSplice(wanted.text, now.text)
  const typed = marksBetween(now.marks ?? NO_MARKS, at, at + insert.length)
  const head = marksBetween(marks, 0, at)
  const tail = marksBetween(marks, at + remove, Number.POSITIVE_INFINITY)
  const target = [...head, ...movedMarks(typed, at), ...movedMarks(tail, at + insert.length)]
  return markEdits(id, now.marks ?? NO_MARKS, target)
}

function markEdits(id: string, before: Marks, after: Marks): readonly Edit[] {
  return marksApart(before, after).flatMap(({ from, to, was, is }) => {
    const [lost, gained] = [was & ~is, is & ~was]
    const off: Edit = { op: 'mark', id, from, to, style: lost, on: false }
    const on: Edit = { op: 'mark', id, from, to, style: gained, on: true }
    return [...(lost ? [off] : []), ...(gained ? [on] : [])]
  })
}
