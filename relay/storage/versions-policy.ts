/** How many versions of a board are kept: the newest one of each of the last hours and days that have any. */
export interface Retention {
  readonly hourly: number
  readonly daily: number
}

/** What the policy needs of a version. */
interface Timed {
  /** ms since the epoch. */
  readonly at: number
}

/** ms. */
const HOUR = 3_600_000

/** ms. A day of UTC: where the relay stands does not matter. */
const DAY = 24 * HOUR

/**
 * Whether a state that is current at `now` becomes a version: the first of its hour does, or of its day where none are
 * kept by the hour.
 */
export function wantsVersion(versions: readonly Timed[], now: number, { hourly, daily }: Retention): boolean {
  if (hourly + daily === 0) return false
  const span = hourly > 0 ? HOUR : DAY
  return !versions.some(({ at }) => Math.floor(at / span) === Math.floor(now / span))
}

/**
 * The versions to keep. It depends on them alone, not on the time now, so that neither a board that rests for a year nor
 * a clock that jumps loses one; only a newer version pushes an older one out.
 */
export function versionsToKeep<T extends Timed>(
  versions: readonly T[],
  { hourly, daily }: Retention,
): Set<T> {
  const newestFirst = [...versions].sort((one, other) => other.at - one.at)
  return new Set([...newestOfEach(newestFirst, HOUR, hourly), ...newestOfEach(newestFirst, DAY, daily)])
}

/** The newest version of each of the last `count` spans that have one. */
function newestOfEach<T extends Timed>(newestFirst: readonly T[], span: number, count: number): T[] {
  const kept = new Map<number, T>()
  for (const version of newestFirst) {
    if (kept.size === count) break
    const spanOfIt = Math.floor(version.at / span)
    if (!kept.has(spanOfIt)) kept.set(spanOfIt, version)
  }
  return [...kept.values()]
}
