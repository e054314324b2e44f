import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SETTINGS, type SettingName } from './config/settings.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { ROOM_LIMITS } from './room/seams.ts'

/** The lines of the error for an environment. */
function problems(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

const NAMES = Object.keys(SETTINGS) as SettingName[]

test('an empty environment gives a relay on localhost:8787 with boards in ./data, opened by links, that contacts nobody', () => {
  expect(parseConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    tls: null,
    trustProxy: '',
    origins: 'same',
    clientDir: expect.stringMatching(/\/dist\/client$/),
    auth: { mode: 'links' },
    policy: { vault: 'optional' },
    minSchema: 1,
    dataDir: './data',
    s3: null,
    retention: { hourly: 24, daily: 30 },
    limits: ROOM_LIMITS,
    assets: { assetBytes: 10 * 1024 * 1024, boardBytes: 200 * 1024 * 1024 },
    ice: { stunUrls: [], turn: null },
    logLevel: 'info',
    metricsToken: null,
  } satisfies Config)
})

test('a variable that is set to nothing counts as not set', () => {
  const nothing = Object.fromEntries(NAMES.map((name, at) => [name, at % 2 ? '' : ' ']))
  expect(parseConfig(nothing)).toEqual(parseConfig({}))
})

const S3 = { S3_BUCKET: 'boards', S3_REGION: 'eu-central-1' }

describe('each setting arrives where it is used', () => {
  const cases: [Record<string, string>, (config: Config) => unknown, unknown][] = [
    [{ PORT: '0' }, config => config.port, 0],
    [{ HOST: '::' }, config => config.host, '::'],
    [{ TLS_CERT: 'c.pem', TLS_KEY: 'k.pem' }, config => config.tls, { certFile: 'c.pem', keyFile: 'k.pem' }],
    [{ TRUST_PROXY: 'loopback,10.0.0.0/8' }, config => config.trustProxy, 'loopback,10.0.0.0/8'],
    [
      { ORIGINS: 'https://a.example, http://b.example:81' },
      config => config.origins,
      ['https://a.example', 'http://b.example:81'],
    ],
    [{ ORIGINS: '*' }, config => config.origins, ['*']],
    [{ CLIENT_DIR: '/srv/app' }, config => config.clientDir, '/srv/app'],
    [{ AUTH: 'open' }, config => config.auth, { mode: 'open' }],
    [{ VAULT: 'required' }, config => config.policy, { vault: 'required' }],
    [{ MIN_SCHEMA: '2' }, config => config.minSchema, 2],
    [{ DATA_DIR: '/var/lib/driftboard' }, config => config.dataDir, '/var/lib/driftboard'],
    [S3, config => config.s3?.region, 'eu-central-1'],
    [{ ...S3, S3_PREFIX: 'a/' }, config => config.s3?.prefix, 'a/'],
    [{ ...S3, S3_SSE: 'AES256' }, config => config.s3?.sse, 'AES256'],
    [{ ...S3, S3_SSE: 'aws:kms', S3_SSE_KMS_KEY_ID: 'k' }, config => config.s3?.kmsKeyId, 'k'],
    [
      { S3_BUCKET: 'boards', S3_ENDPOINT: 'http://127.0.0.1:7480' },
      config => config.s3,
      {
        bucket: 'boards',
        region: 'us-east-1',
        endpoint: 'http://127.0.0.1:7480',
        prefix: '',
        sse: null,
        kmsKeyId: null,
      },
    ],
    [{ SNAPSHOT_AFTER_MS: '5' }, config => config.limits.snapshotAfterMs, 5],
    [{ SNAPSHOT_MAX_MS: '999999' }, config => config.limits.snapshotMaxMs, 999_999],
    [{ SNAPSHOT_BYTES: '7' }, config => config.limits.snapshotBytes, 7],
    [{ VERSIONS_HOURLY: '0', VERSIONS_DAILY: '7' }, config => config.retention, { hourly: 0, daily: 7 }],
    [{ MAX_FRAME_BYTES: '100000' }, config => config.limits.frameBytes, 100_000],
    [{ MAX_DOCUMENT_BYTES: '100001' }, config => config.limits.documentBytes, 100_001],
    [{ MAX_SHAPES: '3' }, config => config.limits.shapes, 3],
    [{ MAX_PRESENCE_BYTES: '4096' }, config => config.limits.presenceBytes, 4096],
    [{ MAX_CONNECTIONS: '11' }, config => config.limits.connections, 11],
    [{ MAX_CONNECTIONS_PER_ROOM: '12' }, config => config.limits.connectionsPerRoom, 12],
    [{ MAX_CONNECTIONS_PER_ADDRESS: '13' }, config => config.limits.connectionsPerAddress, 13],
    [{ MAX_MESSAGES_PER_SECOND: '14' }, config => config.limits.messagesPerSecond, 14],
    [{ MAX_BYTES_PER_SECOND: '2048' }, config => config.limits.bytesPerSecond, 2048],
    [{ MAX_ASSET_BYTES: '4096' }, config => config.assets.assetBytes, 4096],
    [{ MAX_BOARD_ASSET_BYTES: '8192' }, config => config.assets.boardBytes, 8192],
    [{ IDLE_EVICT_MS: '0' }, config => config.limits.idleEvictMs, 0],
    [{ STUN_URLS: 'stun:a:1, stuns:b' }, config => config.ice.stunUrls, ['stun:a:1', 'stuns:b']],
    [
      { TURN_URLS: 'turn:a:1' },
      config => config.ice.turn,
      { urls: ['turn:a:1'], credentials: { at: 'none' } },
    ],
    [
      { TURN_URLS: 'turn:a', TURN_SECRET: 'sixteen bytes or more' },
      config => config.ice.turn?.credentials,
      { at: 'expiring', secret: 'sixteen bytes or more' },
    ],
    [
      { TURN_URLS: 'turn:a', TURN_USERNAME: 'ann', TURN_CREDENTIAL: 'p' },
      config => config.ice.turn?.credentials,
      { at: 'fixed', username: 'ann', credential: 'p' },
    ],
    [{ LOG_LEVEL: 'silent' }, config => config.logLevel, 'silent'],
    [{ METRICS_TOKEN: 'sixteen-signs-or-more' }, config => config.metricsToken, 'sixteen-signs-or-more'],
    [
      { AUTH: 'jwt', JWT_SECRET: 'x'.repeat(32), JWT_BOARD_CLAIM: 'b', JWT_ROLE_CLAIM: 'r' },
      config => config.auth,
      {
        mode: 'jwt',
        keys: { secret: 'x'.repeat(32) },
        issuer: null,
        audience: null,
        boardClaim: 'b',
        roleClaim: 'r',
      },
    ],
    [
      { AUTH: 'jwt', JWT_JWKS_URL: 'https://id.example/jwks', JWT_ISSUER: 'id', JWT_AUDIENCE: 'boards' },
      config => config.auth,
      {
        mode: 'jwt',
        keys: { jwksUrl: 'https://id.example/jwks' },
        issuer: 'id',
        audience: 'boards',
        boardClaim: 'board',
        roleClaim: 'role',
      },
    ],
  ]

  test.each(cases)('%j', (environment, read, expected) => {
    expect(read(parseConfig(environment))).toEqual(expected)
  })

  test('none is left out of these cases', () => {
    const covered = new Set(cases.flatMap(([environment]) => Object.keys(environment)))
    expect(NAMES.filter(name => !covered.has(name))).toEqual([])
  })
})

test('every wrong value is listed at once, each with its name, the value and what to set', () => {
  const lines = problems({
    PORT: '80a',
    AUTH: 'oidc',
    LOG_LEVEL: 'loud',
    STUN_URLS: 'http://x',
    IDLE_EVICT_MS: '-1',
    ORIGINS: 'https://a.example/path',
    TRUST_PROXY: '10.0.0.0/99',
    MAX_SHAPES: '0',
    MAX_FRAME_BYTES: '16MB',
  })
  expect(lines).toEqual([
    'PORT: "80a" is not a port. Set a whole number from 0 to 65535.',
    'TRUST_PROXY: "10.0.0.0/99" is not a list of proxies. Set addresses or networks such as 10.0.0.0/8, with commas between, or the words loopback and private.',
    'ORIGINS: "https://a.example/path" is not a list of origins. Set origins such as https://example.org, without a path and with commas between, or * for all.',
    'AUTH: "oidc" is not known. Set one of: links, jwt, open.',
    'MAX_FRAME_BYTES: "16MB" is not a number of bytes. Set a whole number from 65536 to 2147483647.',
    'MAX_SHAPES: "0" is not a count. Set a whole number from 1 to 1000000000.',
    'IDLE_EVICT_MS: "-1" is not a delay in ms. Set a whole number from 0 to 2147483647.',
    'STUN_URLS: "http://x" is not a list of such URLs. Set URLs such as stun:example.org:3478, with commas between.',
    'LOG_LEVEL: "loud" is not known. Set one of: trace, debug, info, warn, error, fatal, silent.',
  ])
})

test.each(['65536', '1e3', '0x10', '8787.5', '+1', '９'])('PORT=%s is refused', port => {
  expect(problems({ PORT: port })).toHaveLength(1)
})

const LONG = 'a secret of thirty-two bytes or more'

test.each<[string, Record<string, string>, string]>([
  [
    'a certificate without its key',
    { TLS_CERT: 'c' },
    'TLS_KEY: is not set, but TLS_CERT is. Set both, or neither.',
  ],
  [
    'a key without its certificate',
    { TLS_KEY: 'k' },
    'TLS_CERT: is not set, but TLS_KEY is. Set both, or neither.',
  ],
  [
    'half of TURN credentials',
    { TURN_URLS: 'turn:a', TURN_USERNAME: 'ann' },
    'TURN_CREDENTIAL: is not set, but TURN_USERNAME is. Set both, or neither.',
  ],
  [
    'a TURN secret without servers',
    { TURN_SECRET: LONG },
    'TURN_SECRET: counts only with TURN_URLS. Set that too, or unset it.',
  ],
  [
    'two kinds of TURN credentials',
    { TURN_URLS: 'turn:a', TURN_SECRET: LONG, TURN_USERNAME: 'a', TURN_CREDENTIAL: 'b' },
    'TURN_SECRET: is set, but TURN_USERNAME is too. Unset one of them.',
  ],
  [
    'tokens without a key for them',
    { AUTH: 'jwt' },
    'AUTH: is jwt, but no key for tokens is set. Set JWT_JWKS_URL or JWT_SECRET.',
  ],
  [
    'a key for tokens that nobody checks',
    { JWT_SECRET: LONG },
    'JWT_SECRET: counts only with AUTH=jwt. Set that too, or unset it.',
  ],
  [
    'two keys for tokens',
    { AUTH: 'jwt', JWT_SECRET: LONG, JWT_JWKS_URL: 'https://a', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' },
    'JWT_SECRET: is set, but JWT_JWKS_URL is too. Unset one of them.',
  ],
  [
    'tokens of a provider that may be for others',
    { AUTH: 'jwt', JWT_JWKS_URL: 'https://a', JWT_ISSUER: 'i' },
    'JWT_AUDIENCE: is not set, but JWT_JWKS_URL is. Set it: without it tokens that were made for other services would be let in.',
  ],
  [
    'a bucket without a region',
    { S3_BUCKET: 'b' },
    'S3_REGION: is not set, but S3_BUCKET is. Set both, or neither to keep snapshots in DATA_DIR.',
  ],
  [
    'a region without a bucket',
    { S3_REGION: 'r' },
    'S3_REGION: counts only with S3_BUCKET. Set that too, or unset it.',
  ],
  [
    'an encryption key for another encryption',
    { ...S3, S3_SSE: 'AES256', S3_SSE_KMS_KEY_ID: 'k' },
    'S3_SSE_KMS_KEY_ID: counts only with S3_SSE=aws:kms. Set that too, or unset it.',
  ],
  [
    'a latest snapshot before the earliest',
    { SNAPSHOT_MAX_MS: '5', SNAPSHOT_AFTER_MS: '6' },
    'SNAPSHOT_MAX_MS: 5 is less than SNAPSHOT_AFTER_MS, 6. Set it to that or more.',
  ],
])('%s is a contradiction', (_what, environment, line) => {
  expect(problems(environment)).toEqual([line])
})

test('what is set to something wrong is not also called missing', () => {
  expect(problems({ AUTH: 'jwt', JWT_SECRET: 'short' })).toEqual([
    'JWT_SECRET: what it is set to is shorter than 32 bytes and could be guessed. Make one: openssl rand -base64 48.',
  ])
})

test('no error shows a secret, whatever else is wrong', () => {
  const secrets = NAMES.filter(name => SETTINGS[name].isSecret)
  expect(secrets).toEqual(['JWT_SECRET', 'TURN_SECRET', 'TURN_CREDENTIAL', 'METRICS_TOKEN'])
  const value = fc.oneof(fc.string(), fc.constantFrom('jwt', 'turn:a', 'boards', ''))
  const environment = fc.record(Object.fromEntries(NAMES.map(name => [name, value])))
  fc.assert(
    fc.property(environment, fc.string({ minLength: 8, maxLength: 40 }), (random, password) => {
      const marked = `pw<${password}>`
      const set = { ...random, ...Object.fromEntries(secrets.map(name => [name, marked])) }
      for (const line of problems({ ...set, S3_ENDPOINT: `https://me:${marked}@a` }))
        expect(line).not.toContain(marked)
    }),
  )
})
