import type { Api } from '../../../relay/http/api.testing.ts'

/** The relay's API called as a browser would, without a network. What was asked is added to `calls`. */
export function fetchOf(api: Api, calls: RequestInit[] = []): typeof fetch {
  return async (input, init = {}) => {
    calls.push(init)
    const path = new URL(String(input)).pathname
    const body = init.body instanceof Uint8Array ? init.body : undefined
    const headers = Object.fromEntries(new Headers(init.headers))
    const answer = await api.call(path, {
      method: init.method ?? 'GET',
      headers: body ? { ...headers, 'content-length': String(body.length) } : headers,
      ...(body && { body }),
    })
    return new Response(new Uint8Array(answer.body), { status: answer.status })
  }
}
