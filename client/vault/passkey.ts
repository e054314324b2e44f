import { toBase64UrlEncoded } from 'lib0/buffer'
import type { Random } from '../../shared/util/random.ts'
import { derive } from './derive.ts'
import type { PasskeyHost } from './passkey-host.ts'
import type { LockOf } from './record.ts'
import { VaultError } from './vault-error.ts'

type Fields = Pick<LockOf<'passkey'>, 'credentialId' | 'transports' | 'salt'>

interface Opened {
  readonly credentialId: string
  readonly wrappingKey: Uint8Array<ArrayBuffer>
}

const SALT_BYTES = 32

/** Bytes. Nobody checks the signature over the challenge: what opens the vault is the PRF's output. */
const CHALLENGE_BYTES = 32

const USER_BYTES = 16

/** ms. Long enough to find the security key in a bag. */
const TIMEOUT = 180_000

/** COSE numbers of Ed25519, ES256 and RS256: every authenticator has one. */
const ALGORITHMS = [-8, -7, -257]

const LABEL = 'passkey'

/**
 * Makes a passkey on an authenticator that knows none of `known`, and what it wraps with. Authenticators that give the
 * output of their PRF only when they sign in ask the person twice.
 */
export async function newPasskey(
  host: PasskeyHost,
  known: readonly Fields[],
  random: Random,
  signal: AbortSignal,
): Promise<{ readonly fields: Fields; readonly wrappingKey: Uint8Array<ArrayBuffer> }> {
  const salt = random.bytes(SALT_BYTES)
  const publicKey = creationOptions(host.rpId, known, salt, random)
  const credential = publicKeyCredential(await asked(() => host.credentials.create({ publicKey, signal })))
  const { prf } = credential.getClientExtensionResults()
  if (!prf?.enabled) throw noPrf()
  const fields = {
    credentialId: new Uint8Array(credential.rawId),
    transports: transportsOf(credential),
    salt,
  }
  const output = prf.results?.first
  const wrappingKey = output
    ? keyOf(output)
    : (await openedByPasskey(host, [fields], random, signal)).wrappingKey
  return { fields, wrappingKey }
}

/** Asks for one of the passkeys. `credentialId` in the result, in base64url, says which. */
export async function openedByPasskey(
  host: PasskeyHost,
  known: readonly Fields[],
  random: Random,
  signal: AbortSignal,
): Promise<Opened> {
  const evalByCredential = Object.fromEntries(
    known.map(({ credentialId, salt }) => [toBase64UrlEncoded(credentialId), { first: salt }]),
  )
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: random.bytes(CHALLENGE_BYTES),
    rpId: host.rpId,
    allowCredentials: known.map(descriptorOf),
    userVerification: 'required',
    timeout: TIMEOUT,
    extensions: { prf: { evalByCredential } },
  }
  const credential = publicKeyCredential(await asked(() => host.credentials.get({ publicKey, signal })))
  const output = credential.getClientExtensionResults().prf?.results?.first
  if (!output) throw noPrf()
  return {
    credentialId: toBase64UrlEncoded(new Uint8Array(credential.rawId)),
    wrappingKey: keyOf(output),
  }
}

/** Whether the lock is the one that a credential id, in base64url, means. */
export const isOfCredential = ({ credentialId }: Fields, id: string): boolean =>
  toBase64UrlEncoded(credentialId) === id

function creationOptions(
  rpId: string,
  known: readonly Fields[],
  salt: Uint8Array<ArrayBuffer>,
  random: Random,
): PublicKeyCredentialCreationOptions {
  return {
    challenge: random.bytes(CHALLENGE_BYTES),
    rp: { id: rpId, name: 'Driftboard' },
    // A new user each time: an authenticator keeps one passkey for each.
    user: { id: random.bytes(USER_BYTES), name: 'My boards', displayName: 'My boards on this device' },
    pubKeyCredParams: ALGORITHMS.map(alg => ({ type: 'public-key', alg })),
    excludeCredentials: known.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    timeout: TIMEOUT,
    extensions: { prf: { eval: { first: salt } } },
  }
}

const descriptorOf = ({ credentialId, transports }: Fields): PublicKeyCredentialDescriptor => ({
  type: 'public-key',
  id: credentialId,
  transports: transports as AuthenticatorTransport[],
})

/** Browsers that cannot list the transports of a credential ask all of them. */
function transportsOf({ response }: PublicKeyCredential): string[] {
  return 'getTransports' in response ? (response as AuthenticatorAttestationResponse).getTransports() : []
}

/** Asks the browser, and puts its refusals into words. */
async function asked(ask: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await ask()
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') {
      throw new VaultError('cancelled', 'The passkey was not used: the dialog was closed or ran out of time.')
    }
    if (name === 'InvalidStateError') {
      throw new VaultError('refused', 'This authenticator already holds a passkey for these boards.')
    }
    throw new VaultError('unsupported', `This browser could not use a passkey here. ${String(error)}`)
  }
}

/** `create` and `get` answer null when nobody chose anything. */
function publicKeyCredential(credential: Credential | null): PublicKeyCredential {
  if (credential) return credential as PublicKeyCredential
  throw new VaultError('cancelled', 'No passkey was chosen.')
}

function keyOf(output: BufferSource): Uint8Array<ArrayBuffer> {
  const bytes = ArrayBuffer.isView(output)
    ? new Uint8Array(output.buffer, output.byteOffset, output.byteLength)
    : new Uint8Array(output)
  return derive(bytes, LABEL)
}

const noPrf = (): VaultError =>
  new VaultError(
    'unsupported',
    'This passkey cannot hold a key for the boards (it lacks the PRF extension). Use another passkey, or a passphrase.',
  )
