import fc from 'fast-check'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ROLES } from '../../shared/protocol/role.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import type { Authorizer, Grant, Refusal } from './authorizer.ts'
import { IdentityProvider } from './jwt.testing.ts'
import { type JwtKeySource, type JwtSettings, jwtAuthorizer } from './jwt.ts'

const BOARD = 'a-board-of-mine-1'
const SECRET = 'a secret of more than thirty-two bytes'

/** s since the epoch. */
const NOW = 1_900_000_000

const clock = fakeClock(NOW * 1000)
const good: JWTPayload = { iss: 'us', aud: 'driftboard', exp: NOW + 600, board: BOARD, role: 'editor' }

let provider: IdentityProvider
beforeEach(async () => {
  provider = await IdentityProvider.start()
})
afterEach(() => provider.stop())
afterEach(() => vi.useRealTimers())

function settings(keys: JwtKeySource, changes: Partial<Omit<JwtSettings, 'secret'>> = {}): JwtSettings {
  return {
    ...keys,
    issuer: 'us',
    audience: 'driftboard',
    boardClaim: 'board',
    roleClaim: 'role',
    clock,
    ...changes,
  }
}

const bySecret = jwtAuthorizer(settings({ secret: SECRET }))

const byProvider = ({ jwksUrl }: IdentityProvider): Authorizer => jwtAuthorizer(settings({ jwksUrl }))

const hs256 = (claims: JWTPayload, secret = SECRET): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))

const tryToken = (credential: string | null, authorizer = bySecret): Promise<Grant | Refusal> =>
  authorizer.authorize({ board: BOARD, credential })

const tryClaims = async (claims: JWTPayload): Promise<Grant | Refusal> => tryToken(await hs256(claims))

test.each(ROLES)('a token with the role %s gives that role until the token expires', async role => {
  expect(await tryClaims({ ...good, role })).toEqual({ role, epoch: null, expiresAt: (NOW + 600) * 1000 })
})

test.each([
  ['a list with the board', { ...good, board: ['another-board-0001', BOARD] }],
  ['all boards', { ...good, board: '*' }],
])('a token for %s opens the board', async (_what, claims) => {
  expect(await tryClaims(claims)).toMatchObject({ role: 'editor' })
})

test('the claims for board and role are those of the settings, also with names as long as a URL', async () => {
  const names = { boardClaim: 'https://example.org/board', roleClaim: 'https://example.org/role' }
  const authorizer = jwtAuthorizer(settings({ secret: SECRET }, names))
  const { board: _board, role: _role, ...rest } = good
  const token = await hs256({ ...rest, [names.boardClaim]: BOARD, [names.roleClaim]: 'viewer' })
  expect(await tryToken(token, authorizer)).toMatchObject({ role: 'viewer' })
  expect(await tryToken(await hs256(good), authorizer)).toMatchObject({ code: CLOSE.refused })
})

test.each<[string, object, number, RegExp]>([
  ['another board', { board: 'another-board-0001' }, CLOSE.refused, /not for this board/],
  [
    'a list without the board',
    { board: ['another-board-0001', 7, null] },
    CLOSE.refused,
    /not for this board/,
  ],
  ['no board', { board: undefined }, CLOSE.refused, /not for this board/],
  ['a board that only starts alike', { board: `${BOARD}x` }, CLOSE.refused, /not for this board/],
  ['no role', { role: undefined }, CLOSE.refused, /"role" must be one of owner, editor/],
  ['a role that is none of ours', { role: 'admin' }, CLOSE.refused, /"role" must be one of owner, editor/],
  ['a list of roles', { role: ['editor'] }, CLOSE.refused, /"role" must be one of/],
  ['another issuer', { iss: 'them' }, CLOSE.refused, /"iss" is missing or wrong/],
  ['no issuer', { iss: undefined }, CLOSE.refused, /"iss" is missing or wrong/],
  ['another audience', { aud: 'mail' }, CLOSE.refused, /"aud" is missing or wrong/],
  ['no end', { exp: undefined }, CLOSE.refused, /"exp" is missing or wrong/],
  ['an end that is now', { exp: NOW }, CLOSE.revoked, /session has ended/],
  ['an end within the clock skew', { exp: NOW - 5 }, CLOSE.revoked, /session has ended/],
  ['an end long ago', { exp: NOW - 86_400 }, CLOSE.revoked, /session has ended/],
  ['a start to come', { nbf: NOW + 300 }, CLOSE.refused, /not valid yet/],
])('a token with %s is refused in words', async (_what, change, code, words) => {
  const refusal = await tryClaims({ ...good, ...change })
  expect(refusal).toEqual({ code, refused: expect.stringMatching(words) })
})

test('a provider whose clock is some seconds ahead is still believed', async () => {
  expect(await tryClaims({ ...good, nbf: NOW + 20 })).toMatchObject({ role: 'editor' })
})

test('without a configured issuer and audience those claims are not looked at', async () => {
  const authorizer = jwtAuthorizer(settings({ secret: SECRET }, { issuer: null, audience: null }))
  const token = await hs256({ exp: NOW + 60, board: BOARD, role: 'viewer' })
  expect(await tryToken(token, authorizer)).toMatchObject({ role: 'viewer' })
})

test('a client without a token is asked to sign in', async () => {
  expect(await tryToken(null)).toEqual({ code: CLOSE.refused, refused: expect.stringMatching(/signed in/) })
})

test('a token signed with another secret is not valid', async () => {
  expect(await tryToken(await hs256(good, `${SECRET}!`))).toEqual({
    code: CLOSE.refused,
    refused: expect.stringMatching(/not valid/),
  })
})

test('a token whose claims were changed after it was signed is not valid', async () => {
  const [header, , signature] = (await hs256(good)).split('.')
  const claims = Buffer.from(JSON.stringify({ ...good, role: 'owner' })).toString('base64url')
  expect(await tryToken([header, claims, signature].join('.'))).toMatchObject({ code: CLOSE.refused })
})

test('a token longer than 8,192 characters is refused, however well it is signed', async () => {
  const fits = await hs256({ ...good, padding: 'x'.repeat(5_000) })
  const huge = await hs256({ ...good, padding: 'x'.repeat(8_192) })
  expect(await tryToken(fits)).toMatchObject({ role: 'editor' })
  expect(await tryToken(huge)).toEqual({
    code: CLOSE.refused,
    refused: expect.stringMatching(/longer than 8192/),
  })
})

test('an unsigned token is not valid', async () => {
  expect(await tryToken(new UnsecuredJWT(good).encode())).toMatchObject({ code: CLOSE.refused })
  const authorizer = byProvider(provider)
  expect(await tryToken(new UnsecuredJWT(good).encode(), authorizer)).toMatchObject({ code: CLOSE.refused })
})

test("a token signed by HMAC with the provider's public key as the secret is not valid", async () => {
  const authorizer = byProvider(provider)
  const publicKey = JSON.stringify(provider.keySet.keys[0])
  const forged = await new SignJWT(good)
    .setProtectedHeader({ alg: 'HS256', kid: 'first' })
    .sign(Buffer.from(publicKey))
  expect(await tryToken(forged, authorizer)).toMatchObject({ code: CLOSE.refused })
})

test('a token that brings its own key is not valid', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const forged = await new SignJWT(good)
    .setProtectedHeader({ alg: 'ES256', kid: 'first', jwk: await exportJWK(publicKey) })
    .sign(privateKey)
  expect(await tryToken(forged, byProvider(provider))).toMatchObject({ code: CLOSE.refused })
})

test('a secret that HS256 is not safe with is refused at the start, without being shown', () => {
  expect(() => jwtAuthorizer(settings({ secret: 'hunter2' }))).toThrow(/^JWT_SECRET has 7 bytes.*openssl/)
})

test('a thousand tokens of one provider cost one request for its keys', async () => {
  const authorizer = byProvider(provider)
  const token = await provider.sign(good)
  const grants = await Promise.all(Array.from({ length: 1_000 }, () => tryToken(token, authorizer)))
  expect(new Set(grants.map(grant => JSON.stringify(grant))).size).toBe(1)
  expect(grants[0]).toMatchObject({ role: 'editor' })
  expect(provider.requests).toBe(1)
})

test('a key that the provider adds is found, and one that it drops no longer counts', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const authorizer = byProvider(provider)
  const old = await provider.sign(good)
  expect(await tryToken(old, authorizer)).toMatchObject({ role: 'editor' })
  await provider.addKey('second')
  provider.dropKey('first')
  vi.advanceTimersByTime(60_000)
  expect(await tryToken(await provider.sign(good), authorizer)).toMatchObject({ role: 'editor' })
  expect(await tryToken(old, authorizer)).toMatchObject({ code: CLOSE.refused })
})

test('tokens with made-up key ids do not make the relay ask the provider again and again', async () => {
  const authorizer = byProvider(provider)
  await tryToken(await provider.sign(good), authorizer)
  const { privateKey } = await generateKeyPair('ES256')
  for (let index = 0; index < 20; index += 1) {
    const header = { alg: 'ES256', kid: `made-up-${index}` }
    const forged = await new SignJWT(good).setProtectedHeader(header).sign(privateKey)
    expect(await tryToken(forged, authorizer)).toMatchObject({ code: CLOSE.refused })
  }
  expect(provider.requests).toBe(1)
})

test.each(['failing', 'not JSON'] as const)(
  'while the provider is %s nobody can tell, and afterwards the token is good again',
  async state => {
    const authorizer = byProvider(provider)
    const token = await provider.sign(good)
    provider.state = state
    await expect(tryToken(token, authorizer)).rejects.toThrow(/^JWT_JWKS_URL: the keys .* cannot be fetched/)
    provider.state = 'up'
    expect(await tryToken(token, authorizer)).toMatchObject({ role: 'editor' })
  },
)

test('a provider that cannot be reached lets nobody in who was not verified before', async () => {
  const gone = await IdentityProvider.start()
  const token = await gone.sign(good)
  const authorizer = byProvider(gone)
  await gone.stop()
  await expect(tryToken(token, authorizer)).rejects.toThrow(/cannot be fetched/)
})

test('no text at all makes the authorizer fail: what is no good token is refused', async () => {
  const token = await hs256(good)
  const part = fc.oneof(
    fc.string(),
    fc.json().map(text => Buffer.from(text).toString('base64url')),
  )
  // Not the last character: it has spare bits, so that several of them write the same signature.
  const texts = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 6 }).map(parts => parts.join('.')),
    fc
      .tuple(fc.nat(token.length - 2), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([at, character]) => token.slice(0, at) + character + token.slice(at + 1)),
  )
  await fc.assert(
    fc.asyncProperty(texts, async text => {
      fc.pre(text !== token)
      expect(await tryToken(text)).toMatchObject({ refused: expect.any(String) })
    }),
    { numRuns: 2_000 },
  )
})
