import { createHmac } from 'node:crypto'
import { toBase64UrlEncoded } from 'lib0/buffer'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import type { PasskeyHost } from './passkey-host.ts'

/** When an authenticator gives the output of its PRF: hardware differs. */
type PrfSupport = 'at create' | 'at get' | 'never'

let made = 0

/** An authenticator in software: the PRF is an HMAC under a secret of each credential, as in CTAP2's hmac-secret. */
export class SoftAuthenticator implements PasskeyHost {
  readonly rpId = 'boards.example'
  readonly #prf: PrfSupport
  /** Credential ids differ between authenticators. */
  readonly #random = seededRandom(++made)
  readonly #secrets = new Map<string, Uint8Array>()
  /** The DOMException with which the browser answers from now on. */
  refusal: string | null = null
  /** Leaves its dialogs open until they are aborted. */
  isSlow = false
  asked = 0

  constructor(prf: PrfSupport) {
    this.#prf = prf
  }

  readonly credentials = {
    create: (options?: CredentialCreationOptions) => this.#create(options ?? {}),
    get: (options?: CredentialRequestOptions) => this.#get(options ?? {}),
  }

  async #create({ publicKey, signal }: CredentialCreationOptions): Promise<Credential> {
    if (publicKey?.authenticatorSelection?.userVerification !== 'required')
      throw new Error('No verification.')
    await this.#dialog(signal)
    if (publicKey.excludeCredentials?.some(({ id }) => this.#secrets.has(nameOf(id)))) {
      throw new DOMException('known', 'InvalidStateError')
    }
    const rawId = this.#random.bytes(16)
    this.#secrets.set(nameOf(rawId), this.#random.bytes(32))
    const results =
      this.#prf === 'at create' ? this.#output(rawId, publicKey.extensions?.prf?.eval?.first) : undefined
    return credential(rawId, { enabled: this.#prf !== 'never', ...(results && { results }) })
  }

  async #get({ publicKey, signal }: CredentialRequestOptions): Promise<Credential> {
    if (publicKey?.userVerification !== 'required') throw new Error('No verification.')
    await this.#dialog(signal)
    const known = publicKey.allowCredentials?.find(({ id }) => this.#secrets.has(nameOf(id)))
    if (!known) throw new DOMException('none', 'NotAllowedError')
    const salt = publicKey.extensions?.prf?.evalByCredential?.[nameOf(known.id)]?.first
    return credential(bytesOf(known.id), { results: this.#output(bytesOf(known.id), salt) })
  }

  async #dialog(signal: AbortSignal | undefined): Promise<void> {
    this.asked += 1
    if (this.refusal) throw new DOMException('refused', this.refusal)
    if (!this.isSlow) return
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }

  #output(id: BufferSource, salt: BufferSource | undefined): { first: ArrayBuffer } {
    if (!salt) throw new Error('The PRF was not asked for anything.')
    const mac = createHmac('sha256', this.#secrets.get(nameOf(id)) ?? '').update(bytesOf(salt))
    return { first: new Uint8Array(mac.digest()).buffer }
  }
}

function credential(rawId: Uint8Array<ArrayBuffer>, prf: AuthenticationExtensionsPRFOutputs): Credential {
  const answer: Pick<
    PublicKeyCredential,
    keyof Credential | 'rawId' | 'response' | 'getClientExtensionResults'
  > = {
    id: toBase64UrlEncoded(rawId),
    type: 'public-key',
    rawId: rawId.buffer,
    response: { clientDataJSON: new ArrayBuffer(0) },
    getClientExtensionResults: () => ({ prf }),
  }
  return answer
}

const bytesOf = (source: BufferSource): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source)

const nameOf = (id: BufferSource): string => toBase64UrlEncoded(bytesOf(id))
