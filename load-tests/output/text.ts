/** 1234567 as 1.2M: for people. */
export function short(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)}G`
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)}k`
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)}k`
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

export const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`

export const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`

/** `4400 x 12, 1006 x 1`; a dash for none. */
export function codes(closes: Readonly<Record<string, number>>): string {
  const found = Object.entries(closes).map(([code, count]) => `${code} x ${count}`)
  return found.length > 0 ? found.join(', ') : '-'
}

/** Lines of columns, as wide as their widest cell; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  return rows
    .map(row =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
