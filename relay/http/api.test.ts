import { describe, expect, test } from 'vitest'
import { newOwnerKey } from '../../shared/protocol/keys.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { openAuthorizer } from '../auth/open.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { StorageError } from '../storage/update-log.ts'
import { ASSET_BYTES, hashOf, IMAGE, openApi } from './api.testing.ts'
import { testRequest } from './server.testing.ts'

const SHA = hashOf(IMAGE)

describe('who may call what', () => {
  test.each([
    ['GET', 'versions', 'editor', 200],
    ['GET', 'versions', 'commenter', 403],
    ['GET', 'versions/none', 'editor', 404],
    ['GET', 'versions/none', 'viewer', 403],
    ['GET', `assets/${SHA}`, 'viewer', 404],
    ['PUT', `assets/${SHA}`, 'commenter', 403],
    ['POST', 'keys', 'owner', 200],
    ['POST', 'keys', 'editor', 403],
  ] as const)('%s of %s with the key of %s: %i', async (method, path, role, status) => {
    const { board, call, bearer } = await openApi()
    const got = await call(`/api/boards/${board}/${path}`, { method, headers: bearer(role) })
    expect(got.status).toBe(status)
    if (status > 200) expect(got.json()).toEqual({ error: expect.any(String), help: expect.any(String) })
  })

  test('without a key the answer is 401 and asks for one, with a wrong one 403, with a replaced one 401', async () => {
    const { board, call, bearer } = await openApi()
    const path = `/api/boards/${board}/versions`
    const none = await call(path)
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    for (const authorization of ['Bearer', 'Basic abc', 'Bearer a, Bearer b', ''])
      expect((await call(path, { headers: { authorization } })).status).toBe(401)
    const wrong = { authorization: `Bearer ${newOwnerKey(secureRandom).text}` }
    expect((await call(path, { headers: wrong })).status).toBe(403)
    const rotated = await call(`/api/boards/${board}/keys`, { method: 'POST', headers: bearer('owner') })
    expect(rotated.json()).toEqual({ epoch: 1 })
    expect((await call(path, { headers: bearer('editor') })).status).toBe(401)
    expect((await call(path, { headers: bearer('editor', 1) })).status).toBe(200)
  })

  test('an unclaimed board, and an authorizer that fails, are for later', async () => {
    const { call, bearer } = await openApi()
    const unclaimed = await call(`/api/boards/${newId(secureRandom)}/versions`, { headers: bearer('editor') })
    expect([unclaimed.status, unclaimed.headers['retry-after']]).toEqual([503, '5'])
    const failing = await openApi({
      authorizer: { rotate: null, authorize: async () => Promise.reject(new Error('no answer')) },
    })
    const failed = await failing.call(`/api/boards/${failing.board}/versions`, { headers: bearer('editor') })
    expect([failed.status, failing.errors]).toEqual([503, ['the authorizer failed']])
  })

  test('keys cannot be replaced where boards have none', async () => {
    const { board, call } = await openApi({
      authorizer: { rotate: null, authorize: async () => ({ role: 'owner', epoch: null, expiresAt: null }) },
    })
    const headers = { authorization: 'Bearer x' }
    expect((await call(`/api/boards/${board}/keys`, { method: 'POST', headers })).status).toBe(409)
    const open = await openApi({ authorizer: openAuthorizer })
    expect((await open.call(`/api/boards/${board}/keys`, { method: 'POST' })).status).toBe(403)
  })

  test('an address that keeps failing is told to wait, whatever it then presents; others are not', async () => {
    const { board, call, bearer, wait } = await openApi()
    const path = `/api/boards/${board}/versions`
    for (let at = 0; at < 30; at += 1) expect((await call(path)).status).toBe(401)
    const limited = await call(path, { headers: bearer('editor') })
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '5'])
    expect((await call(path, { headers: bearer('editor'), address: '192.0.2.2' })).status).toBe(200)
    wait(5)
    for (let at = 0; at < 40; at += 1)
      expect((await call(path, { headers: bearer('editor') })).status).toBe(200)
  })
})

describe('paths and methods', () => {
  test.each([
    ['/api/', 404],
    ['/api/boards', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/other', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/keys/x', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/versions/a/b', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/assets', 404],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/constructor', 404],
    ['/api/others/AAAAAAAAAAAAAAAAAAAA/keys', 404],
    ['/api/boards/short/versions', 400],
    ['/api/boards/..%2f..%2f..%2fetc%2fpw/versions', 400],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/versions/', 400],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/versions/..', 400],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/versions/a%2fb', 400],
    ['/api/boards/AAAAAAAAAAAAAAAAAAAA/assets/abc', 400],
    [`/api/boards/AAAAAAAAAAAAAAAAAAAA/assets/${SHA.toUpperCase()}`, 400],
  ])('%s is answered with %i, in JSON, before anybody is asked', async (path, status) => {
    const { call } = await openApi({
      authorizer: { rotate: null, authorize: () => Promise.reject(new Error('asked')) },
    })
    const got = await call(path)
    expect([got.status, got.headers['content-type']]).toEqual([status, 'application/json; charset=utf-8'])
    expect(got.json()).toEqual({ error: expect.any(String), help: expect.any(String) })
  })

  test.each([
    ['versions', 'GET, HEAD'],
    [`assets/${SHA}`, 'GET, HEAD, PUT'],
    ['keys', 'POST'],
  ])('%s allows %s and nothing else', async (path, allow) => {
    const { board, call, bearer } = await openApi()
    for (const method of ['DELETE', 'PATCH', 'constructor', 'get']) {
      const got = await call(`/api/boards/${board}/${path}`, { method, headers: bearer('owner') })
      expect([got.status, got.headers.allow]).toEqual([405, allow])
    }
  })

  test('what is not below /api/ is left to others', async () => {
    const { routes } = await openApi()
    for (const path of ['/', '/api', '/apiary/boards', '/b/x']) expect(routes(testRequest(path))).toBeNull()
  })
})

describe('pages of other origins', () => {
  test('a listed one may read and write, and is told so; another may write nothing and read nothing', async () => {
    const { board, call, bearer } = await openApi()
    const from = (origin: string) => ({ ...bearer('owner'), origin })
    const path = `/api/boards/${board}/keys`
    const friend = await call(path, { method: 'POST', headers: from('https://friend.example') })
    expect([friend.status, friend.headers['access-control-allow-origin']]).toEqual([
      200,
      'https://friend.example',
    ])
    const own = await call(path, { method: 'POST', headers: from('https://relay.example') })
    expect(own.status).toBe(200)
    const evil = await call(path, { method: 'POST', headers: from('https://evil.example') })
    expect([evil.status, evil.headers['access-control-allow-origin']]).toEqual([403, undefined])
    const read = await call(`/api/boards/${board}/versions`, { headers: from('https://evil.example') })
    expect(read.headers).toMatchObject({ vary: 'origin' })
    expect(read.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('a preflight needs no key, and says what a listed origin may send', async () => {
    const { board, call } = await openApi()
    const asked = (origin: string) =>
      call(`/api/boards/${board}/keys`, { method: 'OPTIONS', headers: { origin } })
    const friend = await asked('https://friend.example')
    expect(friend).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://friend.example',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': expect.stringContaining('authorization'),
      },
    })
    expect((await asked('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('versions', () => {
  test('are listed, the latest first, and each is the document that was kept', async () => {
    const { board, call, bearer, snapshots, wait } = await openApi()
    const path = `/api/boards/${board}/versions`
    expect((await call(path, { headers: bearer('editor') })).json()).toEqual([])
    await snapshots.retain(board, Buffer.from('first'))
    wait(3_600)
    await snapshots.retain(board, Buffer.from('second'))
    const list = (await call(path, { headers: bearer('editor') })).json() as {
      id: string
      at: number
      bytes: number
    }[]
    expect(list.map(({ bytes }) => bytes)).toEqual(
      (await snapshots.versions(board)).map(({ bytes }) => bytes),
    )
    const bodies = await Promise.all(
      list.map(({ id }) => call(`${path}/${id}`, { headers: bearer('editor') })),
    )
    expect(bodies.map(({ body }) => body.toString())).toEqual(['second', 'first'])
    expect(bodies[0]?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="board-${list[0]?.id}.yjs"`,
      'x-content-type-options': 'nosniff',
    })
  })
})

describe('images', () => {
  const png = { 'content-type': 'image/png' }

  test('are stored once, and read under their type, inert and for ever', async () => {
    const { board, call, bearer } = await openApi()
    const path = `/api/boards/${board}/assets/${SHA}`
    const put = () => call(path, { method: 'PUT', headers: { ...bearer('editor'), ...png }, body: IMAGE })
    const [first, second] = [await put(), await put()]
    expect([first.status, first.json()]).toEqual([201, { type: 'image/png', bytes: IMAGE.length }])
    expect([second.status, second.json()]).toEqual([200, { type: 'image/png', bytes: IMAGE.length }])
    const got = await call(path, { headers: bearer('viewer') })
    expect([got.status, got.body.equals(IMAGE)]).toEqual([200, true])
    expect(got.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: `"${SHA}"`,
    })
    const again = await call(path, { headers: { ...bearer('viewer'), 'if-none-match': `"${SHA}"` } })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect((await call(path, { headers: { 'if-none-match': `"${SHA}"` } })).status).toBe(401)
  })

  test.each([
    ['of another hash', IMAGE, hashOf(Buffer.from('other')), png, 400],
    ['that is SVG', Buffer.from('<svg/>'), null, { 'content-type': 'image/svg+xml' }, 415],
    ['that is not of its type', Buffer.from('<script>'), null, png, 415],
    ['said to be too large', IMAGE, null, { ...png, 'content-length': String(ASSET_BYTES + 1) }, 413],
    ['too large, of no said length', Buffer.alloc(ASSET_BYTES + 1), null, png, 413],
  ])('one %s is refused, and nothing of it stays', async (_what, body, sha, headers, status) => {
    const { board, call, bearer } = await openApi()
    const path = `/api/boards/${board}/assets/${sha ?? hashOf(body)}`
    const got = await call(path, { method: 'PUT', headers: { ...bearer('editor'), ...headers }, body })
    expect(got.status).toBe(status)
    expect(got.json()).toEqual({ error: expect.any(String), help: expect.any(String) })
    expect((await call(path, { headers: bearer('viewer') })).status).toBe(404)
  })

  test('a store that cannot be reached is for later, and in the log', async () => {
    const unreachable = () => Promise.reject(new StorageError('S3: no answer'))
    const { board, call, bearer, errors } = await openApi({ store: { ...memoryStore(), list: unreachable } })
    const got = await call(`/api/boards/${board}/assets/${SHA}`, { headers: bearer('viewer') })
    expect([got.status, got.headers['retry-after'], errors.length]).toEqual([503, '5', 1])
    expect(got.body.toString()).not.toContain('S3')
  })
})
