import { createHash } from 'node:crypto'
import { deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import type { Authorizer } from '../auth/authorizer.ts'
import { linksAuthorizer } from '../auth/links.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { objectAssets } from '../storage/object-assets.ts'
import { objectSnapshots } from '../storage/object-snapshots.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import { apiRoutes } from './api.ts'
import { originPolicy } from './origin.ts'
import { type Asked, testRequest } from './server.testing.ts'
import type { HttpRequest, HttpResponse } from './server.ts'

export const ASSET_BYTES = 2_000

/** A PNG image of one pixel. */
export const IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface Api {
  readonly board: string
  readonly routes: (request: HttpRequest) => Promise<HttpResponse> | null
  readonly snapshots: ReturnType<typeof objectSnapshots>
  readonly errors: string[]
  wait(seconds: number): void
  bearer(role: Role, epoch?: number): Record<string, string>
  /** A call below the board, as an adapter would hand it on. */
  call(path: string, asked?: Asked & { address?: string }): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: HttpResponse['headers']
  readonly body: Buffer
  /** The body, which is JSON. */
  readonly json: () => unknown
}

/** The API over real authorizer and stores, which are in memory, with a board that has an owner. */
export async function openApi(options: { store?: ObjectStore; authorizer?: Authorizer } = {}): Promise<Api> {
  const clock = fakeClock(1_700_000_000_000)
  const store = options.store ?? memoryStore()
  const links = linksAuthorizer({ store: memoryStore(), copy: null, clock, onRotated: () => undefined })
  const board = newId(secureRandom)
  const owner = newOwnerKey(secureRandom)
  await links.authorize({ board, credential: owner.text })
  const errors: string[] = []
  const snapshots = objectSnapshots(store, {
    clock,
    random: secureRandom,
    retention: { hourly: 24, daily: 30 },
  })
  const routes = apiRoutes({
    authorizer: options.authorizer ?? links,
    snapshots,
    assets: objectAssets(store, { assetBytes: ASSET_BYTES, boardBytes: 3 * ASSET_BYTES }),
    assetBytes: ASSET_BYTES,
    origin: originPolicy(['https://friend.example']),
    clock,
    seconds: () => clock.now() / 1000,
    logger: { info: () => undefined, warn: () => undefined, error: (_, text) => void errors.push(text) },
  })
  return {
    board,
    routes,
    snapshots,
    errors,
    wait: seconds => clock.advance(seconds * 1000),
    bearer: (role, epoch = 0) => ({ authorization: `Bearer ${deriveKey(owner, board, role, epoch).text}` }),
    async call(path, asked = {}) {
      const headers = { host: 'relay.example', ...asked.headers }
      const answer = await routes(testRequest(path, { ...asked, headers }))
      if (!answer) throw new Error(`${path} is not of the API.`)
      const body = await wholeOf(answer.body)
      return { status: answer.status, headers: answer.headers, body, json: () => JSON.parse(body.toString()) }
    },
  }
}

async function wholeOf(body: HttpResponse['body']): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body)
  const pieces: Uint8Array[] = []
  for await (const piece of body.content) pieces.push(piece)
  return Buffer.concat(pieces)
}
