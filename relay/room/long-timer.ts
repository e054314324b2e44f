import type { Clock } from '../../shared/util/clock.ts'

/** ms, about 25 days. Node runs a timer that is set for longer at once. */
const LONGEST = 2 ** 31 - 1

/** As `clock.after`, for any time. */
export function afterLong(clock: Clock, ms: number, task: () => void): () => void {
  let cancel = wait(ms)
  return () => cancel()

  function wait(left: number): () => void {
    const step = Math.min(left, LONGEST)
    return clock.after(step, () => {
      if (left > step) cancel = wait(left - step)
      else task()
    })
  }
}
