import { VAULT_POLICIES } from '../../shared/protocol/policy.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { ROOM_LIMITS } from '../room/seams.ts'
import * as is from './values.ts'

/** The settings of one heading, in the order in which an operator meets them. */
export const GROUPS = [
  'Where it listens',
  'Who may do what',
  'Tokens of an identity provider',
  'Where boards are kept',
  'Snapshots and versions',
  'Limits',
  'Direct connections between browsers',
  'Watching it',
] as const

export type Group = (typeof GROUPS)[number]

/** One environment variable. */
export interface Setting<T> {
  readonly group: Group
  /** In full sentences, for the operator. */
  readonly meaning: string
  readonly value: is.Value<NonNullable<T>>
  /** What counts when it is not set; null: nothing does. */
  readonly fallback: string | null
  /** Whether its value must never be shown. */
  readonly isSecret: boolean
}

const MIB = 1024 * 1024

function setting<T>(
  group: Group,
  fallback: string | number,
  value: is.Value<T>,
  meaning: string,
): Setting<T> {
  return {
    group,
    meaning,
    value: value as is.Value<NonNullable<T>>,
    fallback: String(fallback),
    isSecret: false,
  }
}

function optional<T>(group: Group, value: is.Value<T>, meaning: string): Setting<T | null> {
  return { group, meaning, value: value as is.Value<NonNullable<T>>, fallback: null, isSecret: false }
}

const secret = (group: Group, value: is.Value<string>, meaning: string): Setting<string | null> => ({
  ...optional(group, value, meaning),
  isSecret: true,
})

const limit = (fallback: number, value: is.Value<number>, meaning: string): Setting<number> =>
  setting('Limits', fallback, value, meaning)

/** Every setting of the relay: what parses the environment, what `--help` prints and what docs/settings.md holds. */
export const SETTINGS = {
  PORT: setting(
    'Where it listens',
    8787,
    is.wholeNumber(0, 65_535, 'a port'),
    'The port. 0 takes one that is free.',
  ),
  HOST: setting(
    'Where it listens',
    '127.0.0.1',
    is.text,
    'The address. 0.0.0.0 lets other machines in: browsers give them offline pages and WebRTC only over TLS.',
  ),
  TLS_CERT: optional(
    'Where it listens',
    is.text,
    'A file with the certificate chain, in PEM. With TLS_KEY the relay speaks TLS itself.',
  ),
  TLS_KEY: optional('Where it listens', is.text, 'A file with the private key of TLS_CERT, in PEM.'),
  TRUST_PROXY: optional(
    'Where it listens',
    is.proxies,
    'Proxies whose X-Forwarded-For is believed: addresses or networks such as 10.0.0.0/8, or the words loopback and private, with commas between. Without it all who come through a proxy share the limits of one address.',
  ),
  ORIGINS: optional(
    'Where it listens',
    is.origins,
    'Origins of pages that may connect beside those of the relay itself, such as https://boards.example.org, with commas between; * lets every page.',
  ),
  CLIENT_DIR: optional(
    'Where it listens',
    is.text,
    'The built app. Without it the one that `npm run build` made.',
  ),
  AUTH: setting(
    'Who may do what',
    'links',
    is.oneOf(['links', 'jwt', 'open']),
    'links: the link to a board carries a key, and the key a role. jwt: tokens of your identity provider say who may do what. open: whoever knows the id of a board may draw on it; for tests.',
  ),
  VAULT: setting(
    'Who may do what',
    'optional',
    is.oneOf(VAULT_POLICIES),
    'What keeps boards on a device from others who use it. They are always encrypted there. optional: each person chooses whether a passkey or a passphrase unlocks them. required: the app shows no board before one is set.',
  ),
  MIN_SCHEMA: setting(
    'Who may do what',
    1,
    is.wholeNumber(1, SCHEMA_VERSION, 'a version of the schema'),
    'The oldest version of the schema that the app may write here. An older app is closed with 4426, goes on offline, and updates when it is loaded next. Raise it some weeks after an update of the relay, when a fault of an old app must not come back.',
  ),
  JWT_JWKS_URL: optional(
    'Tokens of an identity provider',
    is.httpUrl,
    'Where the provider publishes its keys. AUTH=jwt needs this or JWT_SECRET.',
  ),
  JWT_SECRET: secret(
    'Tokens of an identity provider',
    is.atLeast(32, 'Make one: openssl rand -base64 48.'),
    'The secret of tokens signed with HS256, 32 bytes or more.',
  ),
  JWT_ISSUER: optional(
    'Tokens of an identity provider',
    is.text,
    'Who must have issued a token (its iss). Needed with JWT_JWKS_URL.',
  ),
  JWT_AUDIENCE: optional(
    'Tokens of an identity provider',
    is.text,
    'Whom a token must be for (its aud). Needed with JWT_JWKS_URL, since a provider signs tokens for other services too.',
  ),
  JWT_BOARD_CLAIM: setting(
    'Tokens of an identity provider',
    'board',
    is.text,
    'The claim with the id of the board, a list of ids, or * for all boards.',
  ),
  JWT_ROLE_CLAIM: setting(
    'Tokens of an identity provider',
    'role',
    is.text,
    'The claim with the role: owner, editor, commenter or viewer.',
  ),
  DATA_DIR: setting(
    'Where boards are kept',
    './data',
    is.text,
    'The directory of the log of changes and, without S3_BUCKET, of snapshots, images and keys. One relay at a time may use it.',
  ),
  S3_BUCKET: optional(
    'Where boards are kept',
    is.text,
    'A bucket for snapshots, versions, images and keys in place of DATA_DIR. Credentials come from where the AWS SDK looks for them, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the role of the machine.',
  ),
  S3_REGION: optional(
    'Where boards are kept',
    is.text,
    'The region of the bucket. Needed unless S3_ENDPOINT is set.',
  ),
  S3_ENDPOINT: optional(
    'Where boards are kept',
    is.httpUrl,
    'The address of an S3 server that is not AWS, such as https://s3.example.org.',
  ),
  S3_PREFIX: optional(
    'Where boards are kept',
    is.text,
    'What every key in the bucket starts with, such as driftboard/.',
  ),
  S3_SSE: optional(
    'Where boards are kept',
    is.oneOf(['AES256', 'aws:kms']),
    'Encryption that the bucket is asked for: AES256 or aws:kms.',
  ),
  S3_SSE_KMS_KEY_ID: optional(
    'Where boards are kept',
    is.text,
    'The key for S3_SSE=aws:kms; without it the default one of the account.',
  ),
  SNAPSHOT_AFTER_MS: setting(
    'Snapshots and versions',
    ROOM_LIMITS.snapshotAfterMs,
    is.delay,
    'How long a board rests before it is snapshotted.',
  ),
  SNAPSHOT_MAX_MS: setting(
    'Snapshots and versions',
    ROOM_LIMITS.snapshotMaxMs,
    is.delay,
    'How long a board that never rests waits for a snapshot at most.',
  ),
  SNAPSHOT_BYTES: setting(
    'Snapshots and versions',
    ROOM_LIMITS.snapshotBytes,
    is.bytes(1),
    'Bytes of changes after which a board is snapshotted at once.',
  ),
  VERSIONS_HOURLY: setting(
    'Snapshots and versions',
    24,
    is.count(0),
    'Hours of which one version each is kept.',
  ),
  VERSIONS_DAILY: setting(
    'Snapshots and versions',
    30,
    is.count(0),
    'Days of which one version each is kept.',
  ),
  MAX_FRAME_BYTES: limit(ROOM_LIMITS.frameBytes, is.bytes(64 * 1024), 'Bytes of one message of a client.'),
  MAX_DOCUMENT_BYTES: limit(ROOM_LIMITS.documentBytes, is.bytes(64 * 1024), 'Bytes of one board.'),
  MAX_SHAPES: limit(ROOM_LIMITS.shapes, is.count(1), 'Shapes on one board.'),
  MAX_PRESENCE_BYTES: limit(
    ROOM_LIMITS.presenceBytes,
    is.bytes(1024),
    'Bytes of what one client shows of itself: its pointer, its selection, the stroke it draws.',
  ),
  MAX_CONNECTIONS: limit(ROOM_LIMITS.connections, is.count(1), 'Connections to the relay.'),
  MAX_CONNECTIONS_PER_ROOM: limit(ROOM_LIMITS.connectionsPerRoom, is.count(1), 'Connections to one board.'),
  MAX_CONNECTIONS_PER_ADDRESS: limit(
    ROOM_LIMITS.connectionsPerAddress,
    is.count(1),
    'Connections from one address; from one /64 network of IPv6.',
  ),
  MAX_MESSAGES_PER_SECOND: limit(
    ROOM_LIMITS.messagesPerSecond,
    is.count(1),
    'Messages a second of one connection, over a few seconds.',
  ),
  MAX_BYTES_PER_SECOND: limit(
    ROOM_LIMITS.bytesPerSecond,
    is.count(1024),
    'Bytes a second of one connection, beyond one whole board at once.',
  ),
  MAX_ASSET_BYTES: limit(10 * MIB, is.bytes(1024), 'Bytes of one image.'),
  MAX_BOARD_ASSET_BYTES: limit(200 * MIB, is.count(1024), 'Bytes of all images of one board.'),
  IDLE_EVICT_MS: limit(ROOM_LIMITS.idleEvictMs, is.delay, 'How long a board without people stays in memory.'),
  STUN_URLS: optional(
    'Direct connections between browsers',
    is.iceUrls(['stun', 'stuns']),
    'STUN servers, such as stun:example.org:3478, with commas between. None is contacted unless you name it.',
  ),
  TURN_URLS: optional(
    'Direct connections between browsers',
    is.iceUrls(['turn', 'turns']),
    'TURN servers, such as turn:example.org:3478, with commas between.',
  ),
  TURN_SECRET: secret(
    'Direct connections between browsers',
    is.atLeast(16, 'Make one: openssl rand -base64 24.'),
    'The secret that the TURN servers share with the relay (static-auth-secret of coturn): each client gets credentials of its own that expire after a day.',
  ),
  TURN_USERNAME: optional(
    'Direct connections between browsers',
    is.text,
    'A name for the TURN servers that is the same for all clients. Prefer TURN_SECRET.',
  ),
  TURN_CREDENTIAL: secret('Direct connections between browsers', is.text, 'The password of TURN_USERNAME.'),
  LOG_LEVEL: setting(
    'Watching it',
    'info',
    is.oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'The least that is logged: trace, debug, info, warn, error, fatal or silent. Records are JSON on standard error.',
  ),
  METRICS_TOKEN: secret(
    'Watching it',
    is.token(16, 'Make one: openssl rand -base64 24.'),
    'What /metrics and /status ask for, as a bearer token or as the password of any name. Without it both are open to whoever reaches the relay.',
  ),
} as const

export type SettingName = keyof typeof SETTINGS

/** The values of all settings. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never
}
