/** Runs `task` whenever the page may be about to go. Returns its own undo. */
export type OnLeave = (task: () => void) => () => void

/** By the events of the page; the last that a phone sends before it drops a page is that it is hidden. */
export const onPageLeave: OnLeave = task => {
  if (typeof document === 'undefined') return () => {}
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') task()
  }
  window.addEventListener('pagehide', task)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    window.removeEventListener('pagehide', task)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}
