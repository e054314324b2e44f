import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpRequest, HttpResponse } from './server.ts'

/** On everything. The id of a board is a secret: no referrer carries it to another site. */
export const SAFE_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }

/** For a page of this relay that needs nothing but the styles within it. */
const SELF_CONTAINED = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const answer = (
  status: number,
  type: string,
  body: string,
  headers: HttpResponse['headers'],
): HttpResponse => ({
  status,
  headers: { ...SAFE_HEADERS, 'cache-control': 'no-store', 'content-type': type, ...headers },
  body: Buffer.from(body),
})

/** A line of text that nobody keeps. */
export const textResponse = (
  status: number,
  text: string,
  headers: HttpResponse['headers'] = {},
): HttpResponse => answer(status, 'text/plain; charset=utf-8', `${text}\n`, headers)

/** A JSON answer that nobody keeps. */
export const jsonResponse = (
  value: unknown,
  status = 200,
  headers: HttpResponse['headers'] = {},
): HttpResponse => answer(status, 'application/json; charset=utf-8', JSON.stringify(value), headers)

/** A page without scripts, and without anything from elsewhere, that nobody keeps. */
export const htmlResponse = (html: string, status = 200): HttpResponse =>
  answer(status, 'text/html; charset=utf-8', html, { 'content-security-policy': SELF_CONTAINED })

/** @param allow such as `GET, HEAD` */
export const methodNotAllowed = (allow: string): HttpResponse =>
  textResponse(405, `Only ${allow} is served here.`, { allow })

/** The key or token that a request presents; null when there is none. */
export const bearerOf = ({ header }: Pick<HttpRequest, 'header'>): string | null =>
  /^bearer +([^\s,]+)$/i.exec(header('authorization'))?.[1] ?? null

/** Whether a request presents this secret. How long it takes says nothing about how much of it is right. */
export function presents(request: Pick<HttpRequest, 'header'>, secret: string): boolean {
  return timingSafeEqual(digest(bearerOf(request) ?? ''), digest(secret)) && secret !== ''
}

/** Whether an `If-None-Match` header names a tag, which comes in its quotes. */
export const matchesTag = (header: string, tag: string): boolean =>
  header.split(',').some(candidate => candidate.trim().replace(/^W\//, '') === tag)

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
