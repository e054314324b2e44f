import { performance } from 'node:perf_hooks'

/** ms between two looks. */
const LOOK_EVERY = 250

/** Tells the share of its time, 0 to 1, that the event loop of this process has been busy in the last quarter of a second or so. */
export function measureUtilization(): () => number {
  let last = performance.eventLoopUtilization()
  let lookedAt = performance.now()
  let share = 0
  return () => {
    const now = performance.now()
    if (now - lookedAt < LOOK_EVERY) return share
    const current = performance.eventLoopUtilization()
    share = performance.eventLoopUtilization(current, last).utilization
    last = current
    lookedAt = now
    return share
  }
}
