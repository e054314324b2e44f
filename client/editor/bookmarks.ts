import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { CARD_SIZE, titleOfLink } from '../../shared/shapes/bookmark.ts'
import type { Clip } from './clipboard.ts'
import { withinTextLimit } from './text-edit.ts'

/** UTF-16 code units that a title may bring along. A person may type more. */
const TITLE_LENGTH = 200

/** The web address that `text` is; undefined where it is anything else, or more than one. */
export function loneLink(text: string): string | undefined {
  const link = text.trim()
  if (link.length > LIMITS.linkLength || !/^https?:\/\/\S+$/i.test(link)) return undefined
  return URL.canParse(link) ? link : undefined
}

/** A card for the address that `text` is; undefined for any other text. `title` is what else is known of it. */
export function bookmarkClip(text: string, title = ''): Clip | undefined {
  const link = loneLink(text)
  if (link === undefined) return undefined
  const named = title.replace(/\s+/g, ' ').trim()
  const shown = named === '' || named === link ? titleOfLink(link) : named
  const given = {
    id: 'pasted',
    z: 'a0',
    pos: [0, 0] as Vec,
    size: CARD_SIZE,
    link,
    text: withinTextLimit(shown, TITLE_LENGTH),
  }
  return { shapes: [makeShape('bookmark', given)], unreadable: 0 }
}
