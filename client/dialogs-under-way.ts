import type { UnderWay } from './under-way.ts'

/** Dialogs and pages in which something is typed, or shown once, such as a recovery code. */
const ANSWERED = 'drift-backup, drift-security, drift-set-up'

/** Tells that the person is in the middle of a dialog: each lies in the body for as long as it is open. */
export function followDialogs(underWay: UnderWay): void {
  underWay.follow(
    () => (document.body.querySelector(`:scope > :is(${ANSWERED})`) ? 'working' : null),
    look => {
      const observer = new MutationObserver(look)
      observer.observe(document.body, { childList: true })
      return () => observer.disconnect()
    },
  )
}
