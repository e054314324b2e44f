/** What the browser has for passkeys. */
export interface PasskeyHost {
  readonly credentials: Pick<CredentialsContainer, 'create' | 'get'>
  /** The domain that the passkeys belong to. */
  readonly rpId: string
}

/** What this browser has; null where passkeys cannot be used: on plain http, on a bare address, in an old browser. */
export function browserPasskeys(): PasskeyHost | null {
  if (typeof PublicKeyCredential === 'undefined') return null
  const { hostname } = location
  // The id of a relying party is a domain: WebAuthn refuses addresses.
  if (/^\[|^[\d.]+$/.test(hostname)) return null
  return { credentials: navigator.credentials, rpId: hostname }
}

/** Whether passkeys with a PRF work here, as far as the browser tells before one is made. */
export async function hasPasskeys(host: PasskeyHost | null): Promise<boolean> {
  if (!host) return false
  if (typeof PublicKeyCredential === 'undefined' || !('getClientCapabilities' in PublicKeyCredential))
    return true
  const capabilities = await PublicKeyCredential.getClientCapabilities().catch(() => ({}))
  return (capabilities as Record<string, boolean>)['extension:prf'] !== false
}
