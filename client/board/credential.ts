import { type BoardKey, parseKey } from '../../shared/protocol/keys.ts'

/** What a link holds, besides the board, for the relay to let its holder in. */
export type Credential =
  | { readonly kind: 'key'; readonly key: BoardKey }
  /** A token of an identity provider. What it allows, the relay says. */
  | { readonly kind: 'token'; readonly text: string }

/** A JWT in compact form: three parts in base64url. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** The credential in the fragment of an address, with or without its `#`; null when there is none. */
export function credentialIn(fragment: string): Credential | null {
  const text = fragment.replace(/^#/, '')
  const key = parseKey(text)
  if (key) return { kind: 'key', key }
  return TOKEN.test(text) ? { kind: 'token', text } : null
}
