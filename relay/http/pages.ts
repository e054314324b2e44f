import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { isBoardId } from '../../shared/util/ids.ts'
import { matchesTag, methodNotAllowed, SAFE_HEADERS, textResponse } from './respond.ts'
import type { HttpRequest, HttpResponse } from './server.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Files beside another that hold it compressed, in the order in which they are preferred. */
const ENCODINGS = [
  { suffix: '.br', name: 'br' },
  { suffix: '.gz', name: 'gzip' },
] as const

/** A content hash in a name, as Vite writes it: such a file never changes. */
const HASHED = /^\/assets\/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // Lit and the component library set style attributes.
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  // The component library fetches its own icons from data: URLs.
  "connect-src 'self' ws: wss: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

interface Variant {
  encoding: string | null
  body: Uint8Array
}

interface Page {
  headers: Readonly<Record<string, string>>
  /** Compressed ones first, the plain one last. */
  variants: readonly Variant[]
}

export type Pages = ReadonlyMap<string, Page>

/**
 * Reads the built client into memory. A request can only ever name what was read here, so no path leads out of the
 * directory. A directory that does not exist gives none.
 */
export async function loadPages(directory: string): Promise<Pages> {
  const files = await filesIn(directory)
  const pages = new Map<string, Page>()
  for (const [path, body] of files) {
    if (ENCODINGS.some(({ suffix }) => path.endsWith(suffix) && files.has(path.slice(0, -suffix.length))))
      continue
    const compressed = ENCODINGS.flatMap(({ suffix, name }) => {
      const variant = files.get(path + suffix)
      return variant ? [{ encoding: name, body: variant }] : []
    })
    pages.set(path, { headers: headersOf(path, body), variants: [...compressed, { encoding: null, body }] })
  }
  return pages
}

async function filesIn(directory: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw new Error(`CLIENT_DIR: ${directory} cannot be read (${error.code}). Set it to the built client.`)
    },
  )
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(directory, file).split(sep).join('/')}`, await readFile(file))
  }
  return files
}

function headersOf(path: string, body: Buffer): Record<string, string> {
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  return {
    ...SAFE_HEADERS,
    'content-type': type,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(type.startsWith('text/html') && {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
    }),
  }
}

/** Answers a request for a page or a file of the client. */
export function servePage(pages: Pages, request: HttpRequest): HttpResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET, HEAD')
  const isApp = isPage(request.path)
  const isTorn = !isApp && isTornLink(request.path)
  const page = pages.get(isApp || isTorn ? '/index.html' : request.path)
  if (!page) {
    return isApp
      ? textResponse(
          503,
          'The client is not built. Run `npm run build`, or set CLIENT_DIR to a built client.',
        )
      : NOTHING
  }
  if (matchesTag(request.header('if-none-match'), page.headers.etag ?? '')) {
    return { status: 304, headers: page.headers, body: new Uint8Array() }
  }
  const offers = request.header('accept-encoding')
  const variant = page.variants.find(({ encoding }) => encoding === null || accepts(offers, encoding))
  if (!variant) return NOTHING
  const encoded = variant.encoding === null ? {} : { 'content-encoding': variant.encoding }
  return { status: isTorn ? 404 : 200, headers: { ...page.headers, ...encoded }, body: variant.body }
}

const NOTHING = textResponse(404, 'Nothing is here.')

/** The app's own pages: the list of boards, and a board. */
function isPage(path: string): boolean {
  return path === '/' || path === '/index.html' || (path.startsWith('/b/') && isBoardId(path.slice(3)))
}

/** A link to a board that lost a part on its way: the app says so, and leads back to the boards. */
const isTornLink = (path: string): boolean => /^\/b\/[^/]*$/.test(path)

/** Whether an Accept-Encoding header takes an encoding: named, and not with a weight of nothing. */
function accepts(header: string, encoding: string): boolean {
  return header.split(',').some(offer => {
    const [name, weight = 'q=1'] = offer.split(';').map(part => part.trim())
    return name === encoding && !/^q=0(\.0*)?$/.test(weight)
  })
}
