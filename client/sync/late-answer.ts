/** What of a window tells of promises that failed. */
type Failures = Pick<EventTarget, 'addEventListener'>

/**
 * An answer may come for a connection that has been closed meanwhile, by a reload for example. y-webrtc 10.3 then throws inside of a promise
 * nobody holds, having done nothing, which is right; only the report of it is not: nothing is wrong, and the person can do nothing.
 */
export function ignoreLateAnswers(failures: Failures): void {
  failures.addEventListener('unhandledrejection', onFailure)
}

/** One function for all calls: however often a mesh starts, a window hears it once. */
function onFailure(event: Event): void {
  const { reason } = event as PromiseRejectionEvent
  if (reason instanceof TypeError && reason.message.includes('glareToken')) event.preventDefault()
}
