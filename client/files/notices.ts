/** Something that a file held and the board does not show, or shows differently. For the person. */
export interface Notice {
  readonly count: number
  /** Continues the count: "images cannot be shown yet". */
  readonly what: string
}

/** What can be noticed: for one of them, and for any other number. */
const TEXTS = {
  image: ['image could not be read', 'images could not be read'],
  elsewhere: [
    'image lies elsewhere and is shown as a card with its address',
    'images lie elsewhere and are shown as cards with their addresses',
  ],
  embed: [
    'embedded page is shown as a card with its address',
    'embedded pages are shown as cards with their addresses',
  ],
  unknown: ['shape is of a kind that cannot be shown', 'shapes are of kinds that cannot be shown'],
  broken: ['shape could not be read', 'shapes could not be read'],
  pattern: [
    'pattern of a fill was replaced by a similar one',
    'patterns of fills were replaced by similar ones',
  ],
  roundDiamond: ['diamond had rounded corners, shown sharp', 'diamonds had rounded corners, shown sharp'],
  figure: ['figure was replaced by a similar one', 'figures were replaced by similar ones'],
  labelColour: [
    'label is shown in the colour of its outline',
    'labels are shown in the colours of their outlines',
  ],
  cut: ['text was too long and is cut', 'texts were too long and are cut'],
  head: ['arrow head was replaced by a similar one', 'arrow heads were replaced by similar ones'],
  link: ['link on a shape was left out', 'links on shapes were left out'],
  colour: [
    'colour could not be read, shown in the default',
    'colours could not be read, shown in the default',
  ],
  range: [
    'line width or letter size was out of range, set to the nearest possible',
    'line widths or letter sizes were out of range, set to the nearest possible',
  ],
  split: [
    'text, line or stroke was too long for one shape and is split',
    'texts, lines or strokes were too long for one shape and are split',
  ],
  groups: [
    'shape was in too many nested groups, of which the outer ones are kept',
    'shapes were in too many nested groups, of which the outer ones are kept',
  ],
  background: ['background colour of a board was left out', 'background colours of boards were left out'],
  itemName: ['name of a library item was left out', 'names of library items were left out'],
} as const satisfies Record<string, readonly [one: string, many: string]>

type NoticeKind = keyof typeof TEXTS

/** Counts what is noticed while a file is read. */
export class Tally {
  readonly #counts = new Map<NoticeKind, number>()

  add(kind: NoticeKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1)
  }

  /** What is missing comes first, then what looks different: the order of the texts above. */
  notices(): readonly Notice[] {
    return (Object.keys(TEXTS) as NoticeKind[]).flatMap(kind => {
      const count = this.#counts.get(kind)
      return count === undefined ? [] : [{ count, what: TEXTS[kind][count === 1 ? 0 : 1] }]
    })
  }
}

/** The notices, with `more` of a kind. */
export function withMore(notices: readonly Notice[], kind: NoticeKind, more: number): readonly Notice[] {
  if (more === 0) return notices
  const texts: readonly string[] = TEXTS[kind]
  const count = more + (notices.find(({ what }) => texts.includes(what))?.count ?? 0)
  const notice = { count, what: TEXTS[kind][count === 1 ? 0 : 1] }
  return [notice, ...notices.filter(({ what }) => !texts.includes(what))]
}

/** One sentence for each notice; empty when there is nothing to say. */
export const noticeText = (notices: readonly Notice[]): string =>
  notices.map(({ count, what }) => `${count.toLocaleString('en')} ${what}.`).join(' ')
