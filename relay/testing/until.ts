import { vi } from 'vitest'

/** ms. Far more than anything takes, so that a machine under load does not fail a test. */
const PATIENCE = 15_000

/** Waits until something holds. */
export function until(condition: () => boolean): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: PATIENCE, interval: 10 })
}
