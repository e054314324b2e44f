import type { Clock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import type { Random } from '../../shared/util/random.ts'

/** Digits of a time in ms: until the year 2286 ids sort as their times do. */
const DIGITS = 13

const TIMED_ID = /^(\d{13})-[A-Za-z0-9_-]{22}$/

/** An id that nobody else makes, and that says when it was made. */
export function newTimedId(clock: Clock, random: Random): string {
  const now = Math.max(0, Math.floor(clock.now()))
  return `${String(now).padStart(DIGITS, '0')}-${newId(random)}`
}

/** ms since the epoch at which the id was made; null for a text that is no such id. */
export function timeOf(id: string): number | null {
  const digits = TIMED_ID.exec(id)?.[1]
  return digits === undefined ? null : Number(digits)
}
