import type { SettingName, Settings } from './settings.ts'

/** The values of what is right so far: null for what is not set, nothing for what is set to something wrong. */
export type Given = Partial<Settings>

/** What each setting alone allows and all of them together do not, in words for the operator. */
export function contradictions(set: Given): string[] {
  return [
    ...together(set, 'TLS_CERT', 'TLS_KEY'),
    ...together(set, 'TURN_USERNAME', 'TURN_CREDENTIAL'),
    ...turnProblems(set),
    ...jwtProblems(set),
    ...s3Problems(set),
    ...snapshotProblems(set),
  ]
}

const isGiven = (set: Given, name: SettingName): boolean => set[name] !== null

function together(set: Given, one: SettingName, other: SettingName): string[] {
  if (isGiven(set, one) === isGiven(set, other)) return []
  const [given, missing] = isGiven(set, one) ? [one, other] : [other, one]
  return [`${missing}: is not set, but ${given} is. Set both, or neither.`]
}

/** A problem for each of `names` that is given although it counts only with `condition`. */
const only = (set: Given, names: readonly SettingName[], condition: string): string[] =>
  names
    .filter(name => isGiven(set, name))
    .map(name => `${name}: counts only with ${condition}. Set that too, or unset it.`)

function turnProblems(set: Given): string[] {
  if (!isGiven(set, 'TURN_URLS'))
    return only(set, ['TURN_SECRET', 'TURN_USERNAME', 'TURN_CREDENTIAL'], 'TURN_URLS')
  if (!isGiven(set, 'TURN_SECRET') || !isGiven(set, 'TURN_USERNAME')) return []
  return ['TURN_SECRET: is set, but TURN_USERNAME is too. Unset one of them.']
}

function jwtProblems(set: Given): string[] {
  const keys = ['JWT_JWKS_URL', 'JWT_SECRET'] as const
  const claims = ['JWT_ISSUER', 'JWT_AUDIENCE'] as const
  if (set.AUTH !== 'jwt') return set.AUTH ? only(set, [...keys, ...claims], 'AUTH=jwt') : []
  const [first, second] = keys.filter(name => isGiven(set, name))
  if (!first) return ['AUTH: is jwt, but no key for tokens is set. Set JWT_JWKS_URL or JWT_SECRET.']
  if (second) return ['JWT_SECRET: is set, but JWT_JWKS_URL is too. Unset one of them.']
  if (first === 'JWT_SECRET') return []
  return claims
    .filter(name => !isGiven(set, name))
    .map(
      name =>
        `${name}: is not set, but JWT_JWKS_URL is. Set it: without it tokens that were made for other services would be let in.`,
    )
}

function s3Problems(set: Given): string[] {
  const { S3_SSE } = set
  const rest = ['S3_REGION', 'S3_ENDPOINT', 'S3_PREFIX', 'S3_SSE', 'S3_SSE_KMS_KEY_ID'] as const
  if (!isGiven(set, 'S3_BUCKET')) return only(set, rest, 'S3_BUCKET')
  const problems = S3_SSE === 'aws:kms' ? [] : only(set, ['S3_SSE_KMS_KEY_ID'], 'S3_SSE=aws:kms')
  if (isGiven(set, 'S3_REGION') || isGiven(set, 'S3_ENDPOINT')) return problems
  return [
    ...problems,
    'S3_REGION: is not set, but S3_BUCKET is. Set both, or neither to keep snapshots in DATA_DIR.',
  ]
}

function snapshotProblems({ SNAPSHOT_AFTER_MS, SNAPSHOT_MAX_MS }: Given): string[] {
  if (SNAPSHOT_AFTER_MS === undefined || SNAPSHOT_MAX_MS === undefined) return []
  if (SNAPSHOT_MAX_MS >= SNAPSHOT_AFTER_MS) return []
  return [
    `SNAPSHOT_MAX_MS: ${SNAPSHOT_MAX_MS} is less than SNAPSHOT_AFTER_MS, ${SNAPSHOT_AFTER_MS}. Set it to that or more.`,
  ]
}
