import type { Clock } from '../shared/util/clock.ts'
import type { Notices } from './app/index.ts'
import { share } from './share-lock.ts'
import type { UnderWay, UnderWayKind } from './under-way.ts'

/** A lock that each tab shares: who gets it alone knows that no other tab is open. */
const OPEN = 'driftboard:open'
/** A lock shared by the tabs in which something is under way while a new version waits; its activation needs it alone. */
const UNDER_WAY = 'driftboard:under-way'

/** ms. The page that was here before a reload gives its share back well within this. */
const ALONE_WITHIN = 1_000
/** ms. Most gestures and writes end sooner, and then there is nothing to tell. */
const TELL_AFTER = 700
/** ms. Browsers look by themselves when a page is loaded; a board may stay open for weeks. */
const LOOK_EVERY = 3_600_000

export interface UpdateParts {
  readonly underWay: UnderWay
  readonly notices: Notices
  readonly workers: ServiceWorkerContainer
  readonly locks: LockManager
  readonly clock: Clock
  readonly reload: () => void
}

/**
 * Brings new versions of the app to a device that keeps the app itself, without cutting off anybody's work.
 *
 * 1. A version that is found waits and is offered. It takes over when the person says so, or at the next start with no other tab.
 * 2. It takes over only while nothing is under way in any tab: all of them share a lock until then.
 * 3. A tab whose version was replaced loads itself anew as soon as nothing is under way in it, whatever was agreed before.
 */
export function followUpdates(parts: UpdateParts): void {
  loadAnewWhenReplaced(parts)
  void parts.workers.ready.then(registration => new Updates(parts, registration).follow())
}

/** Has the browser look for a newer version of the app. Without a service worker each load brings the newest anyhow. */
export async function lookForUpdate(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration()
    await registration?.update()
  } catch {
    // Offline: the browser looks by itself when it is back.
  }
}

/** Rule 3. */
function loadAnewWhenReplaced({ workers, underWay, notices, reload }: UpdateParts): void {
  let hasVersion = workers.controller !== null
  let isReplaced = false
  const look = () => {
    if (!isReplaced) return
    if (underWay.state === null) reload()
    if (underWay.state === 'unsaved') notices.error(REPLACED)
  }
  workers.addEventListener('controllerchange', () => {
    // The first service worker of a device replaces none.
    isReplaced = hasVersion
    hasVersion = true
    look()
  })
  underWay.subscribe(look)
}

class Updates {
  readonly #parts: UpdateParts
  readonly #registration: ServiceWorkerRegistration
  #withdraw = () => {}
  #sharesWork = false

  constructor(parts: UpdateParts, registration: ServiceWorkerRegistration) {
    this.#parts = parts
    this.#registration = registration
  }

  async follow(): Promise<void> {
    await this.#activateIfAlone()
    holdWhileShown(this.#parts.locks)
    this.#offerWaiting()
    this.#registration.addEventListener('updatefound', () => {
      this.#registration.installing?.addEventListener('statechange', () => this.#offerWaiting())
    })
    this.#lookEveryHour()
  }

  async #activateIfAlone(): Promise<void> {
    if (!this.#registration.waiting) return
    try {
      const signal = AbortSignal.timeout(ALONE_WITHIN)
      await this.#parts.locks.request(OPEN, { signal }, () => this.#activate())
    } catch {
      // Other tabs are open: it is offered.
    }
  }

  #offerWaiting(): void {
    if (!this.#registration.waiting) return
    this.#shareWork()
    this.#withdraw()
    this.#withdraw = this.#parts.notices.offer('A new version of Driftboard is ready.', {
      label: 'Update',
      run: () => void this.#update(),
    })
  }

  async #update(): Promise<void> {
    const { clock, locks, notices, underWay } = this.#parts
    const cancel = clock.after(TELL_AFTER, () => {
      this.#withdraw = notices.offer(waitingText(underWay.state))
    })
    await locks.request(UNDER_WAY, () => this.#activate())
    cancel()
  }

  /** Rule 2: from now on this tab says, by its share of the lock, when something is under way. */
  #shareWork(): void {
    if (this.#sharesWork) return
    this.#sharesWork = true
    const { locks, underWay } = this.#parts
    let release: (() => void) | null = null
    const look = () => {
      if (underWay.state === null) {
        release?.()
        release = null
      } else release ??= share(locks, UNDER_WAY)
    }
    look()
    underWay.subscribe(look)
  }

  /** Resolves when the version that waits has taken over, or yet a newer one has come in its place. */
  #activate(): Promise<void> {
    const { waiting } = this.#registration
    if (!waiting) return Promise.resolve()
    return new Promise(resolve => {
      waiting.addEventListener('statechange', () => {
        if (waiting.state === 'activated' || waiting.state === 'redundant') resolve()
      })
      waiting.postMessage({ type: 'SKIP_WAITING' })
    })
  }

  #lookEveryHour(): void {
    this.#parts.clock.after(LOOK_EVERY, () => {
      void lookForUpdate()
      this.#lookEveryHour()
    })
  }
}

const REPLACED =
  'A new version of Driftboard has taken over, and this tab still runs the old one, since what is here could not be saved on this device. Save a copy as a file, then reload.'

const waitingText = (here: UnderWayKind | null): string =>
  here === 'unsaved'
    ? 'The new version waits: what is here could not be saved on this device. Save a copy as a file first.'
    : 'The new version comes as soon as what is being drawn, typed or saved is done, here and in other tabs.'

/** Says that this tab is open. A page that the browser puts away for the way back may hold no lock. */
function holdWhileShown(locks: LockManager): void {
  let release = share(locks, OPEN)
  window.addEventListener('pagehide', () => release())
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) release = share(locks, OPEN)
  })
}
