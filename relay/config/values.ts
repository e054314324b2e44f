/**
 * What the text of an environment variable may be. The message of an issue goes on from the variable's name and value:
 * `PORT: "80a" is not a port. Set ...`.
 */
import * as v from 'valibot'
import { trustedProxies } from '../http/proxy.ts'

export type Value<T> = v.GenericSchema<string, T>

/** ms. The longest that Node's timers can wait. */
const MAX_DELAY = 2 ** 31 - 1

/** Bytes. What one Buffer of ours can hold on every Node: a limit above it would be none. */
const MAX_BYTES = 2 ** 31 - 1

export function wholeNumber(low: number, high: number, what: string): Value<number> {
  const message = `is not ${what}. Set a whole number from ${low} to ${high}.`
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, message),
    v.transform(Number),
    v.minValue(low, message),
    v.maxValue(high, message),
  )
}

export const delay = wholeNumber(0, MAX_DELAY, 'a delay in ms')

export const bytes = (low: number): Value<number> => wholeNumber(low, MAX_BYTES, 'a number of bytes')

export const count = (low: number): Value<number> => wholeNumber(low, 1_000_000_000, 'a count')

export const text: Value<string> = v.string()

export const oneOf = <const T extends readonly string[]>(values: T): Value<T[number]> =>
  v.picklist(values, `is not known. Set one of: ${values.join(', ')}.`)

export const atLeast = (length: number, advice: string): Value<string> =>
  v.pipe(
    v.string(),
    v.check(
      value => Buffer.byteLength(value) >= length,
      `is shorter than ${length} bytes and could be guessed. ${advice}`,
    ),
  )

/** A secret that travels in a header, so that it has no spaces. */
export const token = (length: number, advice: string): Value<string> =>
  v.pipe(
    atLeast(length, advice),
    v.regex(/^[A-Za-z0-9._~+/=-]+$/, `has signs other than A-Z a-z 0-9 . _ ~ + / = -. ${advice}`),
  )

/** Servers of WebRTC, which have a scheme but no slashes: `stun:example.org:3478`. */
export const iceUrls = (schemes: readonly string[]): Value<string[]> =>
  listOf(
    url => schemes.some(scheme => url.startsWith(`${scheme}:`) && url.length > scheme.length + 1),
    `is not a list of such URLs. Set URLs such as ${schemes[0]}:example.org:3478, with commas between.`,
  )

/** An address of HTTP. One that holds a name and a password is refused: they would end up in a log. */
export const httpUrl: Value<string> = v.pipe(
  v.string(),
  v.check(
    isPlainUrl,
    'is not a URL that can be used here. Set one such as https://example.org, without a name and a password in it.',
  ),
)

/** Proxies, as `trustedProxies` reads them. */
export const proxies: Value<string> = v.pipe(
  v.string(),
  v.check(
    areProxies,
    'is not a list of proxies. Set addresses or networks such as 10.0.0.0/8, with commas between, or the words loopback and private.',
  ),
)

/** Origins of pages, or `*`. */
export const origins: Value<readonly string[]> = listOf(
  entry => entry === '*' || (isPlainUrl(entry) && new URL(entry).origin === entry),
  'is not a list of origins. Set origins such as https://example.org, without a path and with commas between, or * for all.',
)

function listOf(isEntry: (entry: string) => boolean, message: string): Value<string[]> {
  return v.pipe(
    v.string(),
    v.transform(value => value.split(',').map(entry => entry.trim())),
    v.check(entries => entries.every(isEntry), message),
  )
}

function areProxies(value: string): boolean {
  try {
    trustedProxies(value)
    return true
  } catch {
    return false
  }
}

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}
