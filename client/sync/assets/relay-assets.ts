import * as v from 'valibot'

export type Fetched =
  | { readonly at: 'here'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The relay has no such image; its sender may still be uploading it. */
  | { readonly at: 'absent' }
  /** The relay could not be asked, or would not say. */
  | { readonly at: 'failed' }

export type Sent =
  | { readonly at: 'taken' }
  /** Trying again would change nothing. `reason` is for the person. */
  | { readonly at: 'refused'; readonly reason: string }
  | { readonly at: 'failed' }

/** The images of one board at the relay, by their SHA-256 in hex. Promises never reject. */
export interface RemoteAssets {
  get(hash: string): Promise<Fetched>
  put(hash: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sent>
}

export interface RelayAssetsOptions {
  /** The relay's origin, such as `https://example.org`. */
  readonly origin: string
  readonly boardId: string
  /** The key or token to present; null for none. */
  readonly credential: () => string | null
  readonly fetch: typeof fetch
}

/** ms. 10 MB take two minutes and a half on a line of half a megabit a second. */
const DONE_WITHIN = 180_000

/** Not an image, not the one it is said to be, too large, or too many: the same bytes will be refused again. */
const FINAL: ReadonlySet<number> = new Set([400, 413, 415])

const problemSchema = v.object({ error: v.string(), help: v.optional(v.string(), '') })

export function relayAssets({ origin, boardId, credential, fetch }: RelayAssetsOptions): RemoteAssets {
  const call = (hash: string, init: RequestInit): Promise<Response> => {
    const key = credential()
    return fetch(`${origin}/api/boards/${boardId}/assets/${hash}`, {
      ...init,
      headers: { ...init.headers, ...(key !== null && { authorization: `Bearer ${key}` }) },
      // The browser's cache on the disk is not sealed.
      cache: 'no-store',
      signal: AbortSignal.timeout(DONE_WITHIN),
    })
  }
  return {
    async get(hash) {
      try {
        const response = await call(hash, {})
        if (response.status === 404) return { at: 'absent' }
        if (!response.ok) return { at: 'failed' }
        return { at: 'here', bytes: new Uint8Array(await response.arrayBuffer()) }
      } catch {
        return { at: 'failed' }
      }
    },
    async put(hash, type, bytes) {
      try {
        const response = await call(hash, { method: 'PUT', headers: { 'content-type': type }, body: bytes })
        if (response.ok) return { at: 'taken' }
        return FINAL.has(response.status) ? refusedBy(response) : { at: 'failed' }
      } catch {
        return { at: 'failed' }
      }
    },
  }
}

async function refusedBy(response: Response): Promise<Sent> {
  const body: unknown = await response.json().catch(() => null)
  const said = v.safeParse(problemSchema, body)
  const reason = said.success
    ? `${said.output.error} ${said.output.help}`.trim()
    : `The relay answered with ${response.status}.`
  return { at: 'refused', reason }
}
