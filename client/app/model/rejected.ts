import { CLOSE } from '../../../shared/protocol/close.ts'
import type { Closure } from './closure.ts'

const SUFFIX = ' (your copy)'

/** The title of a board that holds what the relay did not take. @param most UTF-16 code units */
export function rejectedTitle(title: string, most: number): string {
  return (title || 'Untitled board').slice(0, most - SUFFIX.length) + SUFFIX
}

/** Says why changes were not taken, and where they are: in the board that is titled `copy`. */
export function rejectedText({ code, reason, where }: Closure, title: string, copy: string): string {
  return `${whyText(code, reason, where, title || 'this board')} Your version is kept on this device as “${copy}”; here you see what the others see.`
}

function whyText(code: number, reason: string, where: string, title: string): string {
  if (code === CLOSE.refused)
    return `You may only look at “${title}” now, so that what you changed was not taken.`
  const place = where === '' ? '' : ` (at ${where})`
  const why = reason === '' ? '.' : `: ${reason.replace(/\.$/, '')}${place}.`
  return `The relay did not take your changes to “${title}”${why}`
}
