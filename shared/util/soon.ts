import type { Clock } from './clock.ts'

export interface Soon {
  readonly ask: () => void
  /** Takes back what was asked for. */
  readonly stop: () => void
}

/** Runs `task` once after what is under way now, however often it is asked for until then. */
export function soon(clock: Clock, task: () => void): Soon {
  let stop: (() => void) | null = null
  return {
    ask() {
      stop ??= clock.after(0, () => {
        stop = null
        task()
      })
    },
    stop() {
      stop?.()
      stop = null
    },
  }
}
