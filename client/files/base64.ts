/** Bytes that String.fromCharCode takes at once without running out of stack. */
const CHUNK = 8192

export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(binary)
}

/** The bytes of a base64 text; undefined when it is none. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), char => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** The bytes of a `data:` URL; null when it is none. */
export function bytesOfDataUrl(url: string): Uint8Array<ArrayBuffer> | null {
  const comma = url.indexOf(',')
  const head = url.slice(0, comma)
  if (comma < 0 || !head.startsWith('data:')) return null
  const body = url.slice(comma + 1)
  if (/;base64$/i.test(head)) return bytesOfBase64(body) ?? null
  try {
    return new TextEncoder().encode(decodeURIComponent(body))
  } catch {
    return null
  }
}
