import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** An identity provider: it signs tokens, and serves the keys to verify them with over HTTP. */
export class IdentityProvider {
  readonly #server: Server
  readonly #keys: { kid: string; sign: CryptoKey; jwk: object }[] = []
  /** What it answers requests for its keys with. */
  state: 'up' | 'failing' | 'not JSON' = 'up'
  requests = 0

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider()
    await provider.addKey('first')
    await new Promise<void>(resolve => provider.#server.listen(0, '127.0.0.1', resolve))
    return provider
  }

  constructor() {
    this.#server = createServer((_request, response) => {
      this.requests += 1
      if (this.state === 'failing') response.statusCode = 500
      response.end(this.state === 'not JSON' ? 'maintenance' : JSON.stringify(this.keySet))
    })
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/keys`
  }

  get keySet(): { keys: object[] } {
    return { keys: this.#keys.map(key => key.jwk) }
  }

  /** From now on it signs with this one; the others stay good. */
  async addKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    this.#keys.unshift({ kid, sign: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } })
  }

  dropKey(kid: string): void {
    this.#keys.splice(
      this.#keys.findIndex(key => key.kid === kid),
      1,
    )
  }

  async sign(claims: JWTPayload): Promise<string> {
    const [key] = this.#keys
    if (!key) throw new Error('The provider has no key left.')
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.sign)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }
}
