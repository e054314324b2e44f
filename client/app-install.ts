import { Cell, type Readable } from '../shared/util/readable.ts'
import { type Home, listen } from './app/index.ts'

/** What browsers that can install apps send; it is in no standard. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>
}

const isInstallPrompt = (event: Event): event is InstallPromptEvent => 'prompt' in event

/** The browser's offer to install the app: null where it makes none, or the app is installed. Call as soon as the page runs. */
export function awaitInstallOffer(): Readable<(() => void) | null> {
  const offer = new Cell<(() => void) | null>(null)
  window.addEventListener('beforeinstallprompt', event => {
    if (!isInstallPrompt(event)) return
    // Without this some browsers put up a banner of their own.
    event.preventDefault()
    offer.set(() => {
      // It may be shown once; the browser makes another when it is refused.
      offer.set(null)
      void event.prompt()
    })
  })
  window.addEventListener('appinstalled', () => offer.set(null))
  return offer
}

/** Offers to install the app for as long as the browser does. Returns its own undo. */
export function followInstall(offer: Readable<(() => void) | null>, element: Home): () => void {
  const show = () => {
    element.canInstall = offer.state !== null
  }
  show()
  const stops = [offer.subscribe(show), listen(element, 'install-app', () => offer.state?.())]
  return () => {
    for (const stop of stops) stop()
  }
}
