/** What the interface shows of the vault. */

/** What can open it, the strongest first. */
export type LockKind = 'passkey' | 'passphrase' | 'device' | 'recovery'

export interface ShownLock {
  readonly id: string
  readonly kind: LockKind
  /** ms since the epoch. */
  readonly addedAt: number
}

/** What the person opens it with. */
export type UnlockProof =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recovery'; readonly code: string }

/** What is to open it from now on. */
export type ChosenLock =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }

/** Something that takes a moment: `on` names the control that asked for it, which also shows how it ended. */
export type Work<On extends string = string> =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly on: On }
  | { readonly at: 'failed'; readonly on: On; readonly message: string }

export const IDLE: Work<never> = { at: 'idle' }

/** How the boards on this device are protected right now. */
export interface Protection {
  readonly locks: readonly ShownLock[]
  /** Minutes without input after which the vault locks itself; null for never. */
  readonly idleMinutes: number | null
  /** The deployment asks for a lock: the last one cannot go. */
  readonly isLockRequired: boolean
  readonly canUsePasskeys: boolean
}

/** Letters of a passphrase, at least. */
const SHORTEST_PASSPHRASE = 8

interface LockText {
  readonly title: string
  /** Against whom it helps. */
  readonly helps: string
  /** Against whom it does not. */
  readonly fails: string
}

export const LOCK_TEXTS: Readonly<Record<'passkey' | 'passphrase' | 'device', LockText>> = {
  passkey: {
    title: 'Locked by a passkey',
    helps: 'Somebody who takes this device, or copies its disk, cannot read your boards.',
    fails:
      'It does not help while they are open on the screen, nor against somebody who can use the passkey.',
  },
  passphrase: {
    title: 'Locked by a passphrase',
    helps:
      'Somebody who takes this device, or copies its disk, cannot read your boards unless they guess the passphrase.',
    fails: 'It is as strong as the passphrase, and it does not help while the boards are open on the screen.',
  },
  device: {
    title: 'Encrypted, without a lock',
    helps: 'Other programs, and people who get at single files of this browser, cannot read your boards.',
    fails:
      'This browser opens them by itself: whoever sits down at it, or takes its whole profile, can read them.',
  },
}

/** Passkeys and passphrases: what a person has to bring. */
export const isRealLock = ({ kind }: ShownLock): boolean => kind === 'passkey' || kind === 'passphrase'

/** What protects the boards now. Of several locks, it is the weakest that counts. */
export function protectionText(locks: readonly ShownLock[]): LockText {
  const kinds = new Set(locks.map(({ kind }) => kind))
  if (kinds.has('device')) return LOCK_TEXTS.device
  const text = kinds.has('passphrase') ? LOCK_TEXTS.passphrase : LOCK_TEXTS.passkey
  return kinds.has('passphrase') && kinds.has('passkey')
    ? { ...text, title: 'Locked by a passkey or a passphrase' }
    : text
}

/** What is wrong with a passphrase and its repetition, in words for the person; null for nothing. */
export function passphraseProblem(passphrase: string, repeated: string): string | null {
  if ([...passphrase.normalize('NFKC')].length < SHORTEST_PASSPHRASE) {
    return `Take ${SHORTEST_PASSPHRASE} letters or more. A few words that do not belong together are best.`
  }
  return passphrase === repeated ? null : 'The two passphrases differ. Type the second one again.'
}

/** Whole seconds until the next passphrase may be tried; 0 when it may be. */
export const secondsLeft = (waitUntil: number | null, now: number): number =>
  waitUntil === null ? 0 : Math.max(0, Math.ceil((waitUntil - now) / 1000))

export const dayText = (at: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at)

/** What is offered of `idleMinutes`. */
export const IDLE_CHOICES: readonly { readonly minutes: number | null; readonly title: string }[] = [
  { minutes: null, title: 'Never' },
  { minutes: 1, title: '1 min' },
  { minutes: 5, title: '5 min' },
  { minutes: 15, title: '15 min' },
  { minutes: 60, title: '1 hour' },
]
