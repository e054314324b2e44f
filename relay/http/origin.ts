/**
 * Which pages may use the relay. Keys travel in headers that no browser adds by itself, so a page of another site can do
 * nothing with the rights of its visitor; this keeps it from using its visitor's browser and network all the same.
 */
export interface OriginPolicy {
  /** `origin` and `host` are the headers of those names; no origin: it is not a browser's page that asks. */
  allows(origin: string, host: string): boolean
}

/**
 * Pages of the relay's own host, and of the origins listed: `*` is any. Throws, in words for the operator, for an entry
 * that is no origin.
 */
export function originPolicy(listed: readonly string[] | 'same'): OriginPolicy {
  const entries = listed === 'same' ? [] : listed
  if (entries.includes('*')) return { allows: () => true }
  const allowed = new Set(entries.map(parseOrigin))
  return {
    allows: (origin, host) => origin === '' || allowed.has(origin.toLowerCase()) || isOfHost(origin, host),
  }
}

/** The words for a page that may not. */
export const foreignOrigin = (origin: string): string =>
  `Pages of ${origin} may not use this relay. Its operator can add them to ORIGINS.`

function parseOrigin(entry: string): string {
  const url = URL.canParse(entry) ? new URL(entry) : null
  const isOrigin = url?.origin !== 'null' && url?.pathname === '/' && url.search + url.hash === ''
  if (isOrigin && !url.host.includes('*')) return url.origin
  throw new Error(`ORIGINS: "${entry}" is not an origin. Set origins such as https://example.org, or *.`)
}

/** Whether an origin is the host that was asked, whose port may be left out when it is the scheme's own. */
function isOfHost(origin: string, host: string): boolean {
  if (host === '' || !URL.canParse(origin)) return false
  const page = new URL(origin)
  const asked = `${page.protocol}//${host}`
  return (
    page.host !== '' && URL.canParse(asked) && new URL(asked).host === page.host && /^[^/@?#\\]+$/.test(host)
  )
}
