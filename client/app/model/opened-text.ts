const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** After this the date says more than a count of days. */
const RECENT = 7 * DAY

/** When a board was last opened, in the words of `locale`; both times in ms since the epoch. */
export function openedText(openedAt: number, now: number, locale?: string): string {
  const ago = Math.max(0, now - openedAt)
  if (ago < MINUTE) return 'Just now'
  if (ago > RECENT) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(openedAt)
  return capitalised(relativeText(ago, new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })))
}

function relativeText(ago: number, relative: Intl.RelativeTimeFormat): string {
  if (ago < HOUR) return relative.format(-Math.floor(ago / MINUTE), 'minute')
  if (ago < DAY) return relative.format(-Math.floor(ago / HOUR), 'hour')
  return relative.format(-Math.floor(ago / DAY), 'day')
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
