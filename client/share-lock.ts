/** Takes a share of a lock until the returned function is called. */
export function share(locks: Pick<LockManager, 'request'>, name: string): () => void {
  const end = new AbortController()
  const { signal } = end
  const held = () =>
    new Promise<void>(resolve => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve())
    })
  // Ended before its turn came.
  locks.request(name, { mode: 'shared', signal }, held).catch(() => {})
  return () => end.abort()
}
