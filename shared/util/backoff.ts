import type { Random } from '../../shared/util/random.ts'

export interface Backoff {
  /** ms before the first retry, at most. */
  readonly first: number
  /** ms that the growing delay never exceeds. */
  readonly max: number
}

/**
 * ms to wait before retry number `attempt` (0 is the first): doubling, capped, and spread over its upper half, so
 * that those who failed together do not come back in the same instant.
 */
export function retryDelay({ first, max }: Backoff, attempt: number, random: Random): number {
  const whole = Math.min(max, first * 2 ** attempt)
  return whole * (0.5 + random.next() / 2)
}
