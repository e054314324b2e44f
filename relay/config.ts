import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { IceServer } from '../shared/protocol/hello.ts'
import { ROOM_LIMITS } from './room/seams.ts'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const AUTHORIZERS = ['open'] as const

export interface Config {
  port: number
  host: string
  dataDir: string
  clientDir: string
  auth: (typeof AUTHORIZERS)[number]
  logLevel: (typeof LEVELS)[number]
  iceServers: IceServer[]
  idleEvictMs: number
}

/** Everything that is wrong with the environment, a line each, in words for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** ms. The longest that Node's timers can wait. */
const MAX_DELAY = 2 ** 31 - 1

const wholeNumber = (low: number, high: number, what: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, problem(`is not ${what}. Set a whole number from ${low} to ${high}.`)),
    v.transform(Number),
    v.minValue(low, problem(`is not ${what}. Set a whole number from ${low} to ${high}.`)),
    v.maxValue(high, problem(`is not ${what}. Set a whole number from ${low} to ${high}.`)),
  )

const oneOf = <const T extends readonly string[]>(values: T) =>
  v.picklist(values, problem(`is not known. Set one of: ${values.join(', ')}.`))

const urls = (schemes: readonly string[]) =>
  v.pipe(
    v.string(),
    v.transform(text => text.split(',').map(url => url.trim())),
    v.array(
      v.pipe(
        v.string(),
        v.check(
          url => schemes.some(scheme => url.startsWith(`${scheme}:`) && url.length > scheme.length + 1),
          problem(
            `is not a URL of this kind. Set URLs such as ${schemes[0]}:example.org:3478, with commas between.`,
          ),
        ),
      ),
    ),
  )

const environmentSchema = v.object({
  PORT: v.optional(wholeNumber(0, 65_535, 'a port'), '8787'),
  HOST: v.optional(v.string(), '127.0.0.1'),
  DATA_DIR: v.optional(v.string(), './data'),
  CLIENT_DIR: v.optional(v.string()),
  AUTH: v.optional(oneOf(AUTHORIZERS), 'open'),
  LOG_LEVEL: v.optional(oneOf(LEVELS), 'info'),
  STUN_URLS: v.optional(urls(['stun', 'stuns'])),
  TURN_URLS: v.optional(urls(['turn', 'turns'])),
  TURN_USERNAME: v.optional(v.string()),
  TURN_CREDENTIAL: v.optional(v.string()),
  IDLE_EVICT_MS: v.optional(wholeNumber(0, MAX_DELAY, 'a delay in ms'), String(ROOM_LIMITS.idleEvictMs)),
})

type Environment = v.InferOutput<typeof environmentSchema>

/** A message that quotes the wrong value; the variable's name goes in front of it. */
function problem(text: string) {
  return (issue: { input: unknown }): string => `${JSON.stringify(issue.input)} ${text}`
}

/**
 * Reads the environment. A variable that is set to nothing counts as not set. Throws ConfigError that lists every
 * wrong value at once.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const result = v.safeParse(environmentSchema, set)
  const problems = [
    ...(result.issues ?? []).map(issue => `${String(issue.path?.[0]?.key)}: ${issue.message}`),
    ...turnProblems(set),
  ]
  if (problems.length > 0 || !result.success) throw new ConfigError(problems.join('\n'))
  return configOf(result.output)
}

function turnProblems(set: Readonly<Record<string, string | undefined>>): string[] {
  const { TURN_URLS, TURN_USERNAME, TURN_CREDENTIAL } = set
  const problems: string[] = []
  if (Boolean(TURN_USERNAME) !== Boolean(TURN_CREDENTIAL)) {
    const [given, missing] = TURN_USERNAME
      ? ['TURN_USERNAME', 'TURN_CREDENTIAL']
      : ['TURN_CREDENTIAL', 'TURN_USERNAME']
    problems.push(`${missing}: is not set, but ${given} is. Set both, or neither.`)
  }
  if ((TURN_USERNAME || TURN_CREDENTIAL) && !TURN_URLS) {
    problems.push('TURN_URLS: is not set, but credentials for it are. Set it, or unset them.')
  }
  return problems
}

function configOf(set: Environment): Config {
  return {
    port: set.PORT,
    host: set.HOST,
    dataDir: set.DATA_DIR,
    clientDir: set.CLIENT_DIR ?? builtClient(import.meta.url),
    auth: set.AUTH,
    logLevel: set.LOG_LEVEL,
    iceServers: iceServersOf(set),
    idleEvictMs: set.IDLE_EVICT_MS,
  }
}

function iceServersOf({ STUN_URLS, TURN_URLS, TURN_USERNAME, TURN_CREDENTIAL }: Environment): IceServer[] {
  const servers: IceServer[] = []
  if (STUN_URLS) servers.push({ urls: STUN_URLS })
  if (TURN_URLS) servers.push({ urls: TURN_URLS, username: TURN_USERNAME, credential: TURN_CREDENTIAL })
  return servers
}

/** The client is built beside the relay, into dist/; a relay that runs from its sources is one folder further up. */
function builtClient(module: string): string {
  const fromSources = module.endsWith('.ts')
  return fileURLToPath(new URL(fromSources ? '../dist/client' : '../client', module))
}
