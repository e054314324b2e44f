/** ms. Far more than anything takes, so that a machine under load does not fail a run. */
const PATIENCE = 40_000

/** ms between two looks. */
const LOOK_EVERY = 2

/** Waits until something holds; rejects, saying what did not come, after a while. */
export function waitFor(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (holds()) resolve()
      else if (performance.now() > deadline) reject(new Error(`Not within ${PATIENCE} ms: ${what}.`))
      else setTimeout(look, LOOK_EVERY)
    }
    look()
  })
}
