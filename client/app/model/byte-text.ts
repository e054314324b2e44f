const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** A number of bytes as people say it, in thousands: "3.4 MB". */
export function byteText(bytes: number, locale?: string): string {
  let value = bytes
  let unit = 0
  // 999.6 KB would be shown as 1,000 KB.
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000
    unit += 1
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[unit]}`
}
