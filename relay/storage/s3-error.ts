import { StorageError } from './update-log.ts'

/** Where a bucket is, as far as an error may tell: never a credential. */
export interface S3Place {
  readonly bucket: string
  readonly region: string
  readonly endpoint: string | null
}

interface S3Failure {
  /** S3's own code, or that of the network. */
  readonly code: string
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number
}

/** What of an error of the SDK is safe and useful. Its messages are left out: some quote the request. */
export function failureOf(error: unknown): S3Failure {
  if (!(error instanceof Error)) return { code: 'unknown', status: 0 }
  const { code, $metadata } = error as Error & { code?: unknown; $metadata?: { httpStatusCode?: number } }
  return { code: typeof code === 'string' ? code : error.name, status: $metadata?.httpStatusCode ?? 0 }
}

/** What a failed call means to the operator. `doing` completes "could not ...". */
export function s3Error(place: S3Place, doing: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const failure = failureOf(error)
  const where = place.endpoint === null ? `S3 in ${place.region}` : `S3 at ${hostOf(place.endpoint)}`
  const what = failure.status === 0 ? failure.code : `${failure.code}, HTTP ${failure.status}`
  return new StorageError(
    `${where}, bucket ${place.bucket}: could not ${doing} (${what}). ${adviceFor(failure, place)}`,
  )
}

function adviceFor({ code, status }: S3Failure, place: S3Place): string {
  return BY_CODE[code]?.(place) ?? byKind(code, status)
}

const CHECK_ENDPOINT = ({ endpoint }: S3Place): string =>
  endpoint === null
    ? 'Check that this machine can reach Amazon S3, and S3_REGION.'
    : 'Check that the S3 server runs and can be reached from here, and S3_ENDPOINT.'

const WRONG_REGION = ({ region }: S3Place): string =>
  `The bucket is in another region than ${region}: set S3_REGION to that one.`

const NO_CREDENTIALS = (): string =>
  'There are no AWS credentials that can be used. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role for this machine.'

const EXPIRED = (): string =>
  'The temporary AWS credentials have run out, or their AWS_SESSION_TOKEN is wrong. Renew them.'

const WRONG_SECRET = (): string => 'AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID. Correct them.'

const WRONG_CLOCK = (): string => "This machine's clock is wrong. Set it, and keep it by NTP."

const BY_CODE: Readonly<Record<string, (place: S3Place) => string>> = {
  NoSuchBucket: () => 'There is no such bucket. Make it, or correct S3_BUCKET.',
  InvalidBucketName: () => 'That is not the name of a bucket. Correct S3_BUCKET.',
  InvalidAccessKeyId: () => 'The server does not know AWS_ACCESS_KEY_ID. Correct the AWS credentials.',
  SignatureDoesNotMatch: WRONG_SECRET,
  CredentialsProviderError: NO_CREDENTIALS,
  ExpiredToken: EXPIRED,
  InvalidToken: EXPIRED,
  RequestTimeTooSkewed: WRONG_CLOCK,
  AccessDenied: () =>
    'The AWS credentials may not do this. Allow s3:GetObject, s3:PutObject and s3:DeleteObject on the objects, s3:ListBucket on the bucket, and the key where S3_SSE is aws:kms.',
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  IllegalLocationConstraintException: WRONG_REGION,
  Unconditional: () =>
    'The server does not keep to If-None-Match and If-Match, without which two owners could claim one board. Use an S3 server that does.',
  NotImplemented: () =>
    'The server cannot do what is asked: writes on a condition, or what S3_SSE says. Use an S3 server that can.',
  SlowDown: () => 'The server asks for fewer requests. It is tried again later.',
  QuotaExceeded: () => 'The quota is used up. Raise it.',
  ECONNREFUSED: CHECK_ENDPOINT,
  ENOTFOUND: CHECK_ENDPOINT,
  EAI_AGAIN: CHECK_ENDPOINT,
  EHOSTUNREACH: CHECK_ENDPOINT,
  ENETUNREACH: CHECK_ENDPOINT,
  ETIMEDOUT: CHECK_ENDPOINT,
  TimeoutError: place => `There was no connection in time. ${CHECK_ENDPOINT(place)}`,
  AbortError: place => `There was no answer in time. It is tried again later. ${CHECK_ENDPOINT(place)}`,
  ECONNRESET: () => 'The connection was cut. It is tried again later.',
  EPIPE: () => 'The connection was cut. It is tried again later.',
}

function byKind(code: string, status: number): string {
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    return "The server's certificate is not trusted here. Correct it, or name its authority in NODE_EXTRA_CA_CERTS."
  }
  if (code.startsWith('KMS'))
    return 'The key of S3_SSE_KMS_KEY_ID cannot be used. Check that it exists and is allowed.'
  if (status >= 500) return 'The server has trouble. It is tried again later.'
  if (status >= 300 && status < 400) return 'The bucket is somewhere else. Correct S3_REGION and S3_ENDPOINT.'
  if (status === 400) {
    return 'The server does not take the request. Check S3_REGION, and that the server can do what S3_SSE asks for.'
  }
  if (status === 403) return 'The AWS credentials are refused. Correct them, or allow them to use the bucket.'
  if (status === 404) return 'Correct S3_BUCKET and S3_ENDPOINT.'
  return 'Check S3_ENDPOINT, S3_BUCKET and the AWS credentials.'
}

/** Without what else a URL may hold, such as a password. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : 'S3_ENDPOINT'
}
