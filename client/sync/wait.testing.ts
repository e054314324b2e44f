import type { Readable } from '../../shared/util/readable.ts'

/** Resolves with the first state, now or later, that satisfies `wanted`. */
export function reached<T, S extends T>(readable: Readable<T>, wanted: (state: T) => state is S): Promise<S>
export function reached<T>(readable: Readable<T>, wanted: (state: T) => boolean): Promise<T>
export function reached<T>(readable: Readable<T>, wanted: (state: T) => boolean): Promise<T> {
  return new Promise(resolve => {
    if (wanted(readable.state)) return resolve(readable.state)
    const stop = readable.subscribe(state => {
      if (!wanted(state)) return
      stop()
      resolve(state)
    })
  })
}

/** Rounds of the event loop until `condition` holds; fails with `what` after so many that it never will. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  for (let round = 0; round < 15_000; round += 1) {
    if (condition()) return
    await new Promise(resolve => setTimeout(resolve))
  }
  throw new Error(`It never came to pass that ${what}.`)
}
