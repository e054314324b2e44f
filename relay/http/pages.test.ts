import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadPages, type Pages, servePage } from './pages.ts'
import { testRequest } from './server.testing.ts'
import type { HttpResponse } from './server.ts'

let root: string
let pages: Pages

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'driftboard-client-'))
  const client = join(root, 'client')
  await mkdir(join(client, 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.txt'), 'secret')
  await writeFile(join(client, 'index.html'), '<!doctype html>')
  await writeFile(join(client, 'assets/main-a1B2c3D4.js'), 'plain')
  await writeFile(join(client, 'assets/main-a1B2c3D4.js.br'), 'brotli')
  await writeFile(join(client, 'assets/main-a1B2c3D4.js.gz'), 'gzip')
  await writeFile(join(client, 'assets/alone.gz'), 'a file of its own')
  await symlink(join(root, 'secret.txt'), join(client, 'link.txt'))
  pages = await loadPages(client)
})
afterEach(() => rm(root, { recursive: true }))

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): HttpResponse {
  return servePage(pages, testRequest(path, { headers, method }))
}

const text = ({ body }: HttpResponse): string => {
  if (!(body instanceof Uint8Array)) throw new Error('A page is no stream.')
  return Buffer.from(body).toString()
}

test.each(['/', '/index.html', '/b/AAAAAAAAAAAAAAAAAAAAAA'])(
  '%s is the app, and is never kept unasked',
  path => {
    const page = get(path)
    expect([page.status, text(page)]).toEqual([200, '<!doctype html>'])
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    })
  },
)

test('the page allows no script but its own, cannot be framed, and sends no referrer', () => {
  const { headers } = get('/')
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toMatch(/(^|; )script-src 'self'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
})

test('a file with a hash in its name is kept for ever', () => {
  expect(get('/assets/main-a1B2c3D4.js').headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
})

test.each([
  ['gzip, deflate, br', 'brotli', 'br'],
  ['gzip', 'gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip', 'gzip'],
  ['', 'plain', undefined],
])('to a client that accepts "%s" a script is served as %s', (acceptEncoding, body, encoding) => {
  const response = get('/assets/main-a1B2c3D4.js', { 'accept-encoding': acceptEncoding })
  expect([text(response), response.headers['content-encoding']]).toEqual([body, encoding])
  expect(response.headers.vary).toBe('accept-encoding')
})

test('a compressed file with nothing beside it is a file like any other; one with is no address', () => {
  expect(text(get('/assets/alone.gz'))).toBe('a file of its own')
  expect(get('/assets/main-a1B2c3D4.js.br').status).toBe(404)
})

test('what a client already has is not sent again, and what has changed is', () => {
  const etag = get('/').headers.etag ?? ''
  const again = get('/', { 'if-none-match': `"other", W/${etag}` })
  expect([again.status, text(again)]).toEqual([304, ''])
  expect(get('/', { 'if-none-match': '"other"' }).status).toBe(200)
})

test('a torn link to a board is the app, which says so, but no page that exists', () => {
  const page = get('/b/short')
  expect([page.status, text(page)]).toEqual([404, '<!doctype html>'])
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/link.txt',
  '//secret.txt',
  '/b/AAAAAAAAAAAAAAAA/../../../secret.txt',
  '/assets',
  '/__proto__',
])('%s is not found', path => {
  const response = get(path)
  expect(response.status).toBe(404)
  expect(text(response)).not.toContain('secret')
})

test('only GET and HEAD are served', () => {
  expect(get('/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})

test('without a built client a page says how to build it, and files are not found', async () => {
  pages = await loadPages(join(root, 'nowhere'))
  expect(get('/')).toMatchObject({ status: 503 })
  expect(text(get('/'))).toContain('npm run build')
  expect(get('/assets/main-a1B2c3D4.js').status).toBe(404)
})
