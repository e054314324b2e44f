/** What of `navigator.locks` an election needs. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    held: () => Promise<void>,
  ): Promise<unknown>
}

/** A candidacy that lasts until it is withdrawn; then the next is elected. */
export interface Candidacy {
  withdraw(): void
}

/**
 * Stands for election among all who do under one name: one at a time is elected, in the order in which they came, and
 * stays so until it withdraws, closes or crashes. Where the browser has no locks (a page over plain HTTP) everybody is.
 */
export function standFor(locks: Locks | undefined, name: string, elected: () => void): Candidacy {
  if (!locks) {
    elected()
    return { withdraw() {} }
  }
  const abort = new AbortController()
  const { signal } = abort
  const held = () =>
    new Promise<void>(resolve => {
      // Withdrawn in the moment in which the lock was on its way.
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => resolve())
      elected()
    })
  locks.request(name, { signal }, held).catch(error => {
    if (!signal.aborted) {
      console.warn('This tab connects by itself: the browser could not tell which tab should.', error)
      elected()
    }
  })
  return { withdraw: () => abort.abort() }
}
