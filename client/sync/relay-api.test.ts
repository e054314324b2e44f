import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { replaceLinks } from './relay-api.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A relay that answers so, and the attempt to replace the links of a board there. */
async function replacing(answer: RequestListener): Promise<number> {
  const listening = createServer(answer)
  server = listening
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return replaceLinks({ origin: `http://127.0.0.1:${port}`, boardId: 'board', ownerKey: 'o.secret', fetch })
}

test('the owner’s key goes in a header, and the new epoch comes back', async () => {
  const seen: unknown[] = []
  const epoch = await replacing((request, response) => {
    seen.push(request.method, request.url, request.headers.authorization)
    response.end('{"epoch": 3}')
  })
  expect(epoch).toBe(3)
  expect(seen).toEqual(['POST', '/api/boards/board/keys', 'Bearer o.secret'])
})

test('what the relay says is told', async () => {
  const refused = replacing((_, response) => {
    response.writeHead(403).end('{"error": "Only the owner of this board can replace its links."}')
  })
  await expect(refused).rejects.toThrow('The links were not replaced. Only the owner of this board')
})

test.each(['', '<html>', '{"epoch": "x"}', '{}'])(
  'an answer that is none, %j, replaces nothing',
  async body => {
    await expect(replacing((_, response) => response.end(body))).rejects.toThrow(/not replaced.*200/)
  },
)

test('a relay that goes away leaves open whether the old links work, and that is said', async () => {
  await expect(replacing(request => request.destroy())).rejects.toThrow(/may still work/)
})
