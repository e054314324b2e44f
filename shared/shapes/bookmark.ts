import { type Box, boxContainsPoint, centreOf, grow } from '../geometry/box.ts'
import { FONT_NAMES, LINE_HEIGHT, type LineWidth, layoutText } from '../geometry/text.ts'
import { rotateAbout, type Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import {
  type Common,
  commonProps,
  type Lettered,
  letteredProps,
  mapBox,
  type ShapeSpec,
  type Sized,
  sizedProps,
} from './common.ts'

/** A card for the address in `link`; its text is the title. What lies there is never fetched. */
export interface Bookmark extends Common, Sized, Lettered {
  readonly type: 'bookmark'
  /** What is said of the page; empty for nothing. */
  readonly description: string
}

/** World units: how large a new card is, at least. */
export const CARD_SIZE: Vec = [320, 96]
export const CARD_COLOURS = { title: '#1e1e1e', description: '#495057', host: '#1971c2' } as const
const PADDING = 16
const GAP = 6
export const DESCRIPTION_SIZE = 14
export const HOST_SIZE = 13
const DESCRIPTION_LENGTH = 500
const MOST_LINES = 3
/** World units: the side of the icon that opens the address. */
const ICON = 18

/** Where the parts of a card lie, relative to its `pos`; world units. */
export interface CardLayout {
  readonly w: number
  readonly h: number
  /** How wide lines may be. */
  readonly wrap: number
  readonly title: Box
  readonly description: Box & { readonly lines: readonly string[] }
  readonly host: Box
  readonly icon: Box
}

export function cardLayout(card: Bookmark, lineWidth: LineWidth): CardLayout {
  const { text, font, fontSize, size, marks } = card
  const x = PADDING
  const wrap = Math.max(fontSize, size[0] - 2 * PADDING)
  const title = { x, y: PADDING, w: wrap, h: layoutText(text, font, fontSize, wrap, lineWidth, marks).h }
  const lines = descriptionLines(card, wrap, lineWidth)
  const above = title.y + title.h + GAP
  const described = { x, y: above, w: wrap, h: lines.length * DESCRIPTION_SIZE * LINE_HEIGHT, lines }
  const below = lines.length > 0 ? above + described.h + GAP : above
  const height = HOST_SIZE * LINE_HEIGHT
  const h = Math.max(size[1], below + height + PADDING)
  const top = h - PADDING - height
  const icon = { x: size[0] - PADDING - ICON, y: top + (height - ICON) / 2, w: ICON, h: ICON }
  const host = { x, y: top, w: Math.max(HOST_SIZE, wrap - ICON - GAP), h: height }
  return { w: size[0], h, wrap, title, description: described, host, icon }
}

function descriptionLines({ description }: Bookmark, wrap: number, lineWidth: LineWidth): readonly string[] {
  if (description === '') return []
  const { lines } = layoutText(description, 'sans', DESCRIPTION_SIZE, wrap, lineWidth)
  if (lines.length <= MOST_LINES) return lines
  return [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]?.slice(0, -1)}…`]
}

/** The name of the site that an address leads to, as a person reads it. */
export const hostOf = (link: string): string =>
  URL.canParse(link) ? new URL(link).host.replace(/^www\./, '') : ''

/** A title for an address of which no more is known: the address without what nobody reads. */
export function titleOfLink(link: string): string {
  if (!URL.canParse(link)) return link
  const { host, pathname } = new URL(link)
  return `${host.replace(/^www\./, '')}${readablePath(pathname).replace(/\/$/, '')}`
}

function readablePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

function cardBox(card: Bookmark, lineWidth: LineWidth): Box {
  const { w, h } = cardLayout(card, lineWidth)
  return { x: card.pos[0], y: card.pos[1], w, h }
}

/** World units around the icon that belong to it. */
const ICON_REACH = 6

/** Whether `p` (world space) is on the icon that opens the address. */
export function touchesOpenIcon(card: Bookmark, p: Vec, lineWidth: LineWidth): boolean {
  const own = rotateAbout(p, centreOf(cardBox(card, lineWidth)), -card.rot)
  const { icon } = cardLayout(card, lineWidth)
  return boxContainsPoint(grow(icon, ICON_REACH), [own[0] - card.pos[0], own[1] - card.pos[1]])
}

export const bookmark: ShapeSpec<Bookmark> = {
  type: 'bookmark',
  props: {
    type: prop.type('bookmark'),
    ...commonProps,
    ...sizedProps,
    ...letteredProps,
    font: prop.oneOf(FONT_NAMES, 'sans'),
    fontSize: prop.number(1, 2000, 16),
    description: { ...prop.line(0, DESCRIPTION_LENGTH), fallback: '' },
  },
  box: cardBox,
  touches: (card, p, tolerance, lineWidth) => boxContainsPoint(grow(cardBox(card, lineWidth), tolerance), p),
  resized: (card, resize, lineWidth) => mapBox(cardBox(card, lineWidth), resize),
  // A letter may be wider than a narrow card.
  overhang: ({ fontSize }) => Math.max(fontSize, DESCRIPTION_SIZE) * LINE_HEIGHT,
  textPlace(card, lineWidth) {
    const { title, wrap } = cardLayout(card, lineWidth)
    return { box: title, wrap, align: 'left', valign: 'top', colour: CARD_COLOURS.title }
  },
}
