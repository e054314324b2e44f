import { equalityDeep } from 'lib0/function'
import type { KnownShape, Shape, ShapeId } from '../../../shared/shapes/index.ts'

/** What somebody did to one shape between two versions of the board. */
export type Did = 'nothing' | 'added' | 'changed' | 'removed'

/** The shapes of one version of the board. Immutable values: one that did not change may be the same object. */
export type Version = ReadonlyMap<ShapeId, Shape>

/** One shape in each version; undefined where it is not there. */
export interface ShapeVersions {
  /** When this device was last in step with the others. */
  readonly base: KnownShape | undefined
  readonly mine: KnownShape | undefined
  readonly theirs: KnownShape | undefined
  /** What Yjs made of both. */
  readonly merged: KnownShape | undefined
}

export interface ReviewedShape extends ShapeVersions {
  readonly id: ShapeId
  readonly byMe: Did
  readonly byThem: Did
}

/** What happened on both sides of an absence; in the order in which it is gone through. */
export type Review = readonly ReviewedShape[]

export interface Versions {
  readonly base: Version
  readonly mine: Version
  readonly theirs: Version
  readonly merged: Version
}

/**
 * What changed on either side since `base`: first what both touched, then what the others did, then what was done here;
 * each from top to bottom. A shape that this client cannot read in one of the versions is left out: it can neither be
 * compared nor brought back.
 */
export function compareVersions(versions: Versions): Review {
  const { base, mine, theirs, merged } = versions
  const review: ReviewedShape[] = []
  for (const id of new Set([...base.keys(), ...mine.keys(), ...theirs.keys()])) {
    const [b, m, t, g] = [base.get(id), mine.get(id), theirs.get(id), merged.get(id)]
    if (!isKnown(b) || !isKnown(m) || !isKnown(t) || !isKnown(g)) continue
    const byMe = didBetween(b, m)
    const byThem = didBetween(b, t)
    if (byMe !== 'nothing' || byThem !== 'nothing') {
      review.push({ id, byMe, byThem, base: b, mine: m, theirs: t, merged: g })
    }
  }
  return review.sort((a, b) => rankOf(a) - rankOf(b) || compareTops(a, b))
}

/** Pages are no figures: what is gone through is what is on them. */
const isKnown = (shape: Shape | undefined): shape is KnownShape | undefined =>
  shape?.type !== 'unreadable' && shape?.type !== 'page'

function didBetween(before: KnownShape | undefined, after: KnownShape | undefined): Did {
  if (before === after) return 'nothing'
  if (!before) return 'added'
  if (!after) return 'removed'
  return before.type === after.type && changedKeys(before, after).length === 0 ? 'nothing' : 'changed'
}

/** Who touched the shape last says nothing about how it looks. */
const NO_CHANGE: ReadonlySet<string> = new Set(['id', 'type', 'by'])

/** The keys in which two shapes of one type differ. */
export function changedKeys(before: KnownShape, after: KnownShape): readonly string[] {
  const left = before as unknown as Readonly<Record<string, unknown>>
  const right = after as unknown as Readonly<Record<string, unknown>>
  return Object.keys({ ...left, ...right }).filter(
    key => !NO_CHANGE.has(key) && !equalityDeep(left[key], right[key]),
  )
}

/** Whose work a shape shows. */
export const sideOf = ({ byMe, byThem }: ReviewedShape): 'mine' | 'theirs' | 'both' =>
  byMe === 'nothing' ? 'theirs' : byThem === 'nothing' ? 'mine' : 'both'

const RANKS = { both: 0, theirs: 1, mine: 2 } as const
const rankOf = (shape: ReviewedShape): number => RANKS[sideOf(shape)]

/** By the place where the shape is, or was last; by id where that is the same, so that every device goes the same way. */
function compareTops(a: ReviewedShape, b: ReviewedShape): number {
  const [ax, ay] = placeOf(a)
  const [bx, by] = placeOf(b)
  return ay - by || ax - bx || (a.id < b.id ? -1 : 1)
}

const placeOf = ({ merged, theirs, mine, base }: ReviewedShape): readonly [number, number] =>
  (merged ?? theirs ?? mine ?? base)?.pos ?? [0, 0]

/** The versions that a shape looks like by now; none when it has gone on since. */
export function versionShown(
  { mine, theirs, merged }: ShapeVersions,
  now: Shape | undefined,
): readonly VersionName[] {
  const isLike = (version: KnownShape | undefined) =>
    isKnown(now) && (version === now || didBetween(version, now) === 'nothing')
  return VERSION_NAMES.filter(name => isLike({ mine, theirs, merged }[name]))
}

export const VERSION_NAMES = ['mine', 'theirs', 'merged'] as const
export type VersionName = (typeof VERSION_NAMES)[number]
