import type { Vec } from '../../shared/geometry/vec.ts'
import type { BoardLink } from './model/routes.ts'

/** What the elements tell the composition root: the type of each event and its detail. */
export interface AppEvents {
  'new-board': null
  'open-board': BoardLink
  'rename-board': { readonly id: string; readonly title: string }
  /** The person can still take it back: `restore-board`. */
  'delete-board': { readonly id: string }
  'restore-board': { readonly id: string }
  'go-home': null
  /** Makes the links that others have useless: everybody who came by one is removed. */
  'replace-links': null
  'close-share': null
  /** The name under which others see the person. */
  'rename-self': { readonly name: string }
  /** Files to add to the board; `at` is in world space, null when the person chose no place. */
  'open-files': { readonly files: readonly File[]; readonly at: Vec | null }
}

/** Fires a typed event that crosses shadow roots. */
export function fire<K extends keyof AppEvents>(from: EventTarget, type: K, detail: AppEvents[K]): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
}

/** Listens to a typed event. Returns its own undo. */
export function listen<K extends keyof AppEvents>(
  target: EventTarget,
  type: K,
  handle: (detail: AppEvents[K]) => void,
): () => void {
  const listener = (event: Event) => handle((event as CustomEvent<AppEvents[K]>).detail)
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}
