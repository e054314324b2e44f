import type { Vec } from '../../shared/geometry/vec.ts'
import type { BoardLink } from './model/routes.ts'
import type { ChosenLock, UnlockProof } from './model/vault-view.ts'

/** What the elements tell the composition root: the type of each event and its detail. */
export interface AppEvents {
  'new-board': null
  'open-board': BoardLink
  'rename-board': { readonly id: string; readonly title: string }
  /** The person can still take it back: `restore-board`. */
  'delete-board': { readonly id: string }
  'restore-board': { readonly id: string }
  /** A new board with the same content. */
  'duplicate-board': { readonly id: string }
  /** A board of the list as a file. */
  'export-board': { readonly id: string }
  /** The open board as a file, out of memory. */
  'save-copy': null
  /** The person wants all boards in one file. */
  'show-backup': null
  'close-backup': null
  /** Null for a file that opens for whoever has it. */
  'save-backup': { readonly passphrase: string | null }
  /** For the locked file that was chosen last. */
  'open-backup': { readonly passphrase: string }
  /** Outlines these shapes on the board; none takes that back. */
  'point-out': { readonly shapes: readonly string[] }
  'go-home': null
  /** Installs the app, which the browser offers. */
  'install-app': null
  /** Makes the links that others have useless: everybody who came by one is removed. */
  'replace-links': null
  'show-share': null
  'close-share': null
  /** The name under which others see the person. */
  'rename-self': { readonly name: string }
  /** Files to add to the board; `at` is in world space, null when the person chose no place. */
  'open-files': { readonly files: readonly File[]; readonly at: Vec | null }
  /** An image in place of that of a shape. */
  'replace-image': { readonly id: string; readonly file: File }
  /** Goes through what others changed meanwhile. */
  'review-open': null
  /** Leaves it, or does not want to know. */
  'review-close': null
  'review-step': { readonly by: 1 | -1 }
  /** The shape that is looked at is to be as in that version. */
  'review-keep': { readonly version: 'mine' | 'theirs' | 'merged' }
  'unlock-vault': UnlockProof
  'lock-vault': null
  /** The person wants to see what protects the boards, and to change it. */
  'show-security': null
  'close-security': null
  /** Adds a passkey, or adds or replaces the passphrase. */
  'choose-lock': ChosenLock
  'remove-lock': { readonly id: string }
  /** A recovery code in place of the one before. */
  'renew-recovery': null
  'recovery-kept': null
  'lock-when-idle': { readonly minutes: number | null }
  /** The locks stay as they are. */
  'keep-locks': null
  'try-again': null
  /** What is stored cannot be had: the person goes on in memory. */
  'go-without-storage': null
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
