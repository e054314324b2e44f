import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { Policy } from '../shared/protocol/policy.ts'
import { contradictions, type Given } from './config/contradictions.ts'
import { SETTINGS, type Setting, type SettingName, type Settings } from './config/settings.ts'
import { ROOM_LIMITS, type RoomLimits } from './room/seams.ts'

export interface Config {
  readonly port: number
  readonly host: string
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** As TRUST_PROXY says it; '' for nobody. */
  readonly trustProxy: string
  /** `same`: pages of the relay's own address alone. */
  readonly origins: readonly string[] | 'same'
  readonly clientDir: string
  readonly auth: AuthConfig
  readonly policy: Policy
  /** The least version of the schema that Driftboard clients may write. */
  readonly minSchema: number
  readonly dataDir: string
  /** Null: snapshots, images and keys are in `dataDir`. */
  readonly s3: S3Config | null
  readonly retention: { readonly hourly: number; readonly daily: number }
  readonly limits: RoomLimits
  readonly assets: { readonly assetBytes: number; readonly boardBytes: number }
  readonly ice: IceConfig
  readonly logLevel: Settings['LOG_LEVEL']
  /** What /metrics and /status ask for; null: nothing. */
  readonly metricsToken: string | null
}

export type AuthConfig = { readonly mode: 'links' } | { readonly mode: 'open' } | JwtConfig

export interface JwtConfig {
  readonly mode: 'jwt'
  readonly keys: { readonly jwksUrl: string } | { readonly secret: string }
  readonly issuer: string | null
  readonly audience: string | null
  readonly boardClaim: string
  readonly roleClaim: string
}

export interface S3Config {
  readonly bucket: string
  readonly region: string
  readonly endpoint: string | null
  readonly prefix: string
  readonly sse: 'AES256' | 'aws:kms' | null
  readonly kmsKeyId: string | null
}

export interface IceConfig {
  readonly stunUrls: readonly string[]
  readonly turn: TurnConfig | null
}

export interface TurnConfig {
  readonly urls: readonly string[]
  readonly credentials:
    | { readonly at: 'none' }
    | { readonly at: 'fixed'; readonly username: string; readonly credential: string }
    /** Made for each client from a secret that the servers know too. */
    | { readonly at: 'expiring'; readonly secret: string }
}

/** Everything that is wrong with the environment, a line each, in words for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** What servers other than AWS's take for a region when nobody set one. */
const ANY_REGION = 'us-east-1'

/**
 * Reads the environment. A variable that is set to nothing counts as not set. Throws ConfigError that lists every
 * wrong value at once, and never shows the value of a secret.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const text = environment[name]?.trim() || setting.fallback
    const result = text === null ? null : v.safeParse(setting.value, text)
    if (!result || result.success) given[name] = result?.output ?? null
    else problems.push(`${name}: ${shown(setting, text)} ${result.issues[0].message}`)
  }
  problems.push(...contradictions(given as Given))
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return configOf(given as Settings)
}

/** A wrong value, quoted; not that of a secret, nor an address with an @, which may have a password before it. */
function shown({ isSecret }: Setting<unknown>, text: string | null): string {
  return isSecret || text?.includes('@') ? 'what it is set to' : JSON.stringify(text)
}

function configOf(set: Settings): Config {
  const { TLS_CERT, TLS_KEY } = set
  return {
    port: set.PORT,
    host: set.HOST,
    tls: TLS_CERT && TLS_KEY ? { certFile: TLS_CERT, keyFile: TLS_KEY } : null,
    trustProxy: set.TRUST_PROXY ?? '',
    origins: set.ORIGINS ?? 'same',
    clientDir: set.CLIENT_DIR ?? builtClient(import.meta.url),
    auth: authOf(set),
    policy: { vault: set.VAULT },
    minSchema: set.MIN_SCHEMA,
    dataDir: set.DATA_DIR,
    s3: s3Of(set),
    retention: { hourly: set.VERSIONS_HOURLY, daily: set.VERSIONS_DAILY },
    limits: limitsOf(set),
    assets: { assetBytes: set.MAX_ASSET_BYTES, boardBytes: set.MAX_BOARD_ASSET_BYTES },
    ice: { stunUrls: set.STUN_URLS ?? [], turn: turnOf(set) },
    logLevel: set.LOG_LEVEL,
    metricsToken: set.METRICS_TOKEN,
  }
}

function limitsOf(set: Settings): RoomLimits {
  return {
    ...ROOM_LIMITS,
    frameBytes: set.MAX_FRAME_BYTES,
    documentBytes: set.MAX_DOCUMENT_BYTES,
    shapes: set.MAX_SHAPES,
    presenceBytes: set.MAX_PRESENCE_BYTES,
    connections: set.MAX_CONNECTIONS,
    connectionsPerRoom: set.MAX_CONNECTIONS_PER_ROOM,
    connectionsPerAddress: set.MAX_CONNECTIONS_PER_ADDRESS,
    messagesPerSecond: set.MAX_MESSAGES_PER_SECOND,
    bytesPerSecond: set.MAX_BYTES_PER_SECOND,
    idleEvictMs: set.IDLE_EVICT_MS,
    snapshotAfterMs: set.SNAPSHOT_AFTER_MS,
    snapshotMaxMs: set.SNAPSHOT_MAX_MS,
    snapshotBytes: set.SNAPSHOT_BYTES,
  }
}

function authOf(set: Settings): AuthConfig {
  const { AUTH, JWT_JWKS_URL, JWT_SECRET } = set
  if (AUTH !== 'jwt') return { mode: AUTH }
  return {
    mode: AUTH,
    keys: JWT_JWKS_URL === null ? { secret: JWT_SECRET ?? '' } : { jwksUrl: JWT_JWKS_URL },
    issuer: set.JWT_ISSUER,
    audience: set.JWT_AUDIENCE,
    boardClaim: set.JWT_BOARD_CLAIM,
    roleClaim: set.JWT_ROLE_CLAIM,
  }
}

function s3Of(set: Settings): S3Config | null {
  if (set.S3_BUCKET === null) return null
  return {
    bucket: set.S3_BUCKET,
    region: set.S3_REGION ?? ANY_REGION,
    endpoint: set.S3_ENDPOINT,
    prefix: set.S3_PREFIX ?? '',
    sse: set.S3_SSE,
    kmsKeyId: set.S3_SSE_KMS_KEY_ID,
  }
}

function turnOf({ TURN_URLS, TURN_SECRET, TURN_USERNAME, TURN_CREDENTIAL }: Settings): TurnConfig | null {
  if (TURN_URLS === null) return null
  if (TURN_SECRET) return { urls: TURN_URLS, credentials: { at: 'expiring', secret: TURN_SECRET } }
  if (!TURN_USERNAME || !TURN_CREDENTIAL) return { urls: TURN_URLS, credentials: { at: 'none' } }
  return {
    urls: TURN_URLS,
    credentials: { at: 'fixed', username: TURN_USERNAME, credential: TURN_CREDENTIAL },
  }
}

/** The client is built beside the relay, into dist/; a relay that runs from its sources is one folder further up. */
function builtClient(module: string): string {
  const fromSources = module.endsWith('.ts')
  return fileURLToPath(new URL(fromSources ? '../dist/client' : '../client', module))
}
