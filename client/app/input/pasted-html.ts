/** What a browser calls a link that it copied: its address, and its title on the next line. */
const MOZ_URL = 'text/x-moz-url'

/** The words of the link to `address` that came along with a paste; empty for none. */
export function pastedTitle(data: DataTransfer | null, address: string): string {
  const [url, title = ''] = (data?.getData(MOZ_URL) ?? '').split('\n')
  if (url?.trim() === address.trim() && title !== '') return title
  const html = data?.getData('text/html') ?? ''
  // A document that was parsed runs no scripts and loads nothing.
  const links = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href]')
  const link = [...links].find(a => a.getAttribute('href') === address.trim())
  return link?.textContent ?? ''
}

/** The cells of the one table that was pasted, as a spreadsheet copies them; undefined where there is anything else. */
export function pastedCells(html: string): string | undefined {
  if (!/<table/i.test(html)) return undefined
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const unseen of body.querySelectorAll('style, script, meta, template')) unseen.remove()
  const [table, ...others] = body.querySelectorAll('table')
  if (!table || others.length > 0 || body.textContent?.trim() !== table.textContent?.trim()) return undefined
  const rows = [...table.rows].map(({ cells }) =>
    [...cells].flatMap(({ textContent, colSpan }) => [
      (textContent ?? '').replace(/\s+/g, ' ').trim(),
      ...Array<string>(Math.min(MOST_SPAN, colSpan) - 1).fill(''),
    ]),
  )
  const count = Math.max(0, ...rows.map(row => row.length))
  if (count < 2) return undefined
  return rows.map(row => [...row, ...Array<string>(count - row.length).fill('')].join('\t')).join('\n')
}

/** Columns that one cell may take. */
const MOST_SPAN = 50
