import { CLOSE } from '../../../shared/protocol/close.ts'

/** Why the relay closed this device out. */
export interface Closure {
  /** Of `shared/protocol/close.ts`, or another when it was the browser. */
  readonly code: number
  /** In the relay's words; may be empty. */
  readonly reason: string
  /** The place in the document, such as `shapes/<id>/pos`; empty when the reason is no place. */
  readonly where: string
}

interface Words {
  /** For the one line of the status. */
  readonly line: string
  /** When the relay gave no reason. */
  readonly reason: string
  /** What becomes of the board, and what to do. */
  readonly advice: string
}

const STAYS = 'The board stays on this device'

const FINAL: Readonly<Record<number, Words>> = {
  [CLOSE.revoked]: {
    line: 'This link no longer works',
    reason: 'This link no longer opens the board.',
    advice: `${STAYS}; open the new link to go on with the others.`,
  },
  [CLOSE.refused]: {
    line: 'The relay does not let you in',
    reason: 'This link does not open the board.',
    advice: `${STAYS}.`,
  },
  [CLOSE.tooLarge]: {
    line: 'Too large for the relay',
    reason: 'The board is larger than the relay takes.',
    advice: `${STAYS} and with those connected directly. Remove the largest drawings, then reload.`,
  },
  [CLOSE.invalid]: {
    line: 'The relay refused a change',
    reason: 'One of the changes does not fit what a board may hold.',
    advice: `${STAYS}. Reload to get the newest version of this page.`,
  },
  [CLOSE.outdated]: {
    line: 'Reload to update',
    reason: 'The relay is newer than this page.',
    advice: `${STAYS}. Reload to update.`,
  },
}

const OTHER: Words = {
  line: 'The relay refused changes',
  reason: 'It does not accept changes from this device.',
  advice: `${STAYS}.`,
}

const PASSING: Readonly<Record<number, { readonly line: string; readonly text: string }>> = {
  [CLOSE.unclaimed]: {
    line: 'Waiting for the owner',
    text: "Waiting for the owner's device to connect once. Your changes are sent then.",
  },
  [CLOSE.crowded]: {
    line: 'No room at the relay',
    text: 'As many are connected as the relay takes. It is asked again and again.',
  },
  [CLOSE.tooFast]: {
    line: 'Saved here, slowed down',
    text: 'You sent more at once than the relay takes. It goes on in a moment.',
  },
  [CLOSE.unavailable]: {
    line: 'Saved here, the relay has trouble',
    text: 'It cannot load or store this board at the moment. It is asked again and again.',
  },
}

/** Of a relay that will not take this device. */
export const refusalLine = ({ code }: Closure): string => (FINAL[code] ?? OTHER).line

/** The whole of it: why, where, and what to do. */
export function refusalText({ code, reason, where }: Closure): string {
  const words = FINAL[code] ?? OTHER
  const place = where === '' ? '' : ` (at ${where})`
  return `${(reason || words.reason).replace(/\.$/, '')}${place}. ${words.advice}`
}

/** Of a relay that closed this device out for a while; undefined for a code that says no more than that. */
export const pauseOf = (code: number | undefined) => (code === undefined ? undefined : PASSING[code])
