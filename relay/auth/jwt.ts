import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ROLES, type Role } from '../../shared/protocol/role.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Admission, Authorizer, Grant, Refusal } from './authorizer.ts'

/** Characters. Tokens of identity providers have some hundred to a few thousand; more is only work for this relay. */
const MAX_TOKEN = 8_192

/** Bytes. HMAC-SHA-256 is as strong as its key only up to there. */
const MIN_SECRET = 32

/** Seconds that the provider's clock may be ahead of ours. */
const CLOCK_SKEW = 30

/** Keys of a provider only verify: taking HS256 with them would make its public key a password that everybody knows. */
const ASYMMETRIC = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** What jose reports when not the token but the provider is at fault, beside errors that are not its own. */
const PROVIDER_FAULTS: ReadonlySet<string> = new Set([
  errors.JOSEError.code,
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JWKInvalid.code,
])

/** Where the keys come from that tokens are verified with. */
export type JwtKeySource = { readonly jwksUrl: string } | { readonly secret: string }

export type JwtSettings = JwtKeySource & {
  /** Null: of any issuer. */
  readonly issuer: string | null
  /** Null: for any audience. */
  readonly audience: string | null
  /** The claim that holds a board id, a list of them, or `*` for all boards. */
  readonly boardClaim: string
  /** The claim that holds one of our role names. */
  readonly roleClaim: string
  readonly clock: Clock
}

type Verify = (token: string) => Promise<JWTPayload>

/**
 * AUTH=jwt: an identity provider says in a signed token who may do what, and until when. Throws, in words for the operator,
 * on settings that cannot work.
 */
export function jwtAuthorizer(settings: JwtSettings): Authorizer {
  const verify = verifier(settings)
  return {
    async authorize(admission) {
      const payload = await verified(verify, admission.credential)
      return 'refused' in payload ? payload : grantOf(payload.claims, settings, admission)
    },
    rotate: null,
  }
}

function verifier(settings: JwtSettings): Verify {
  const { issuer, audience, clock } = settings
  const checks = (algorithms: string[]): JWTVerifyOptions => ({
    algorithms,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_SKEW,
    currentDate: new Date(clock.now()),
    ...(issuer === null ? {} : { issuer }),
    ...(audience === null ? {} : { audience }),
  })
  if ('secret' in settings) {
    const secret = Buffer.from(settings.secret)
    if (secret.length < MIN_SECRET) {
      throw new Error(
        `JWT_SECRET has ${secret.length} bytes, and HS256 needs at least ${MIN_SECRET}. Make one with: openssl rand -base64 48`,
      )
    }
    return async token => (await jwtVerify(token, secret, checks(['HS256']))).payload
  }
  const keys = createRemoteJWKSet(new URL(settings.jwksUrl))
  return async token => (await jwtVerify(token, keys, checks(ASYMMETRIC))).payload
}

async function verified(verify: Verify, token: string | null): Promise<{ claims: JWTPayload } | Refusal> {
  if (token === null) return NO_TOKEN
  if (token.length > MAX_TOKEN) return TOO_LONG
  try {
    return { claims: await verify(token) }
  } catch (error) {
    if (error instanceof errors.JOSEError && !PROVIDER_FAULTS.has(error.code)) return refusalOf(error)
    throw new Error('JWT_JWKS_URL: the keys of the identity provider cannot be fetched. Check it.', {
      cause: error,
    })
  }
}

function grantOf(claims: JWTPayload, settings: JwtSettings, { board }: Admission): Grant | Refusal {
  const { boardClaim, roleClaim, clock } = settings
  const expiresAt = (claims.exp ?? 0) * 1000
  if (expiresAt <= clock.now()) return EXPIRED
  if (!boardsOf(claims[boardClaim]).some(named => named === board || named === '*')) return OTHER_BOARD
  const role = roleOf(claims[roleClaim])
  if (role) return { role, epoch: null, expiresAt }
  return refused(
    `Your token gives you no role: its claim "${roleClaim}" must be one of ${ROLES.join(', ')}. Tell whoever runs your sign-in.`,
  )
}

const boardsOf = (claim: unknown): readonly unknown[] => (Array.isArray(claim) ? claim : [claim])

const roleOf = (claim: unknown): Role | undefined => ROLES.find(role => role === claim)

function refusalOf(error: errors.JOSEError): Refusal {
  if (error instanceof errors.JWTExpired) return EXPIRED
  if (!(error instanceof errors.JWTClaimValidationFailed)) return NOT_VALID
  if (error.claim === 'nbf')
    return refused('Your token is not valid yet. Compare the clocks and sign in again.')
  return refused(
    `Your token does not fit this relay: its claim "${error.claim}" is missing or wrong. Sign in again.`,
  )
}

const refused = (words: string): Refusal => ({ code: CLOSE.refused, refused: words })

const NO_TOKEN = refused('This board opens only to people who are signed in. Sign in and open it again.')

const TOO_LONG = refused(`Your token is longer than ${MAX_TOKEN} characters. Tell whoever runs your sign-in.`)

const NOT_VALID = refused('Your token is not valid. Sign in again.')

const OTHER_BOARD = refused('Your token is not for this board. Ask for access to it.')

const EXPIRED: Refusal = { code: CLOSE.revoked, refused: 'Your session has ended. Sign in again.' }
