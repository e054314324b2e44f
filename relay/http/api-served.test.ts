import { describe, expect, onTestFinished, test } from 'vitest'
import { ADAPTERS } from './adapters.testing.ts'
import { hashOf, IMAGE, openApi } from './api.testing.ts'
import { guardedRoutes } from './guard.ts'
import { textResponse } from './respond.ts'
import { ask, HOST, serverParts } from './server.testing.ts'

describe.each(ADAPTERS)('the API on $name', ({ make, tls }) => {
  async function serve() {
    const api = await openApi()
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const respond = guardedRoutes(request => api.routes(request) ?? textResponse(404, 'page'), logger)
    const server = make(serverParts(tls, { respond }))
    onTestFinished(() => server.stop())
    const target = { port: await server.listen(HOST, 0), isSecure: tls !== null }
    return { api, target, path: `/api/boards/${api.board}/assets/${hashOf(IMAGE)}` }
  }

  test('an image that an editor sends is there for a viewer', async () => {
    const { api, target, path } = await serve()
    const headers = { ...api.bearer('editor'), 'content-type': 'image/png' }
    expect((await ask(target, path, { method: 'PUT', headers, body: IMAGE })).status).toBe(201)
    const got = await ask(target, path, { headers: api.bearer('viewer') })
    expect([got.status, got.body.equals(IMAGE)]).toEqual([200, true])
    const head = await ask(target, path, { method: 'HEAD', headers: api.bearer('viewer') })
    expect([head.status, head.headers['content-length']]).toEqual([200, String(IMAGE.length)])
  })

  test('who sends an image without the right is answered, not cut off, and cannot make the relay read it', async () => {
    const { api, target, path } = await serve()
    const body = Buffer.alloc(10_000_000)
    expect((await ask(target, path, { method: 'PUT', body })).status).toBe(401)
    expect((await ask(target, path, { method: 'PUT', body, headers: api.bearer('viewer') })).status).toBe(403)
    const headers = { ...api.bearer('editor'), 'content-type': 'image/png' }
    expect((await ask(target, path, { method: 'PUT', body, headers })).status).toBe(413)
  })
})
