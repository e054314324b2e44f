import type { AssetStore, PutResult } from '../../storage/asset-store.ts'
import { jsonResponse, matchesTag, SAFE_HEADERS } from '../respond.ts'
import type { HttpResponse } from '../server.ts'
import { problem } from './problem.ts'
import type { Call, Resource } from './resource.ts'

/** Whatever an image turns out to be, it runs nothing and loads nothing, should somebody open it by itself. */
const INERT = "default-src 'none'; sandbox"

type Why = Extract<PutResult, { at: 'refused' }>['why']

const STATUS: Readonly<Record<Why, number>> = { hash: 400, type: 415, size: 413, quota: 413 }

const HELP: Readonly<Record<Why, string>> = {
  hash: 'Name an image by the SHA-256 of its bytes, in lower-case hex.',
  type: 'Send a raster image, under its own type.',
  size: 'Make the image smaller.',
  quota: 'Take images off the board, or ask the operator of the relay for more room.',
}

/** One image, named by the SHA-256 of its content. */
export const assetResource: Resource = {
  item: { form: /^[0-9a-f]{64}$/, otherwise: HELP.hash },
  actions: {
    GET: { least: 'viewer', answer: (call, { assets }) => read(call, assets) },
    PUT: { least: 'editor', answer: (call, { assets, assetBytes }) => write(call, assets, assetBytes) },
  },
}

async function read({ request, board, item }: Call, assets: AssetStore): Promise<HttpResponse> {
  const etag = `"${item}"`
  const headers = { ...SAFE_HEADERS, etag, 'cache-control': 'private, max-age=31536000, immutable' }
  // The name is the content: who has it has the right one, and the store need not be asked.
  if (matchesTag(request.header('if-none-match'), etag))
    return { status: 304, headers, body: new Uint8Array() }
  const asset = await assets.get(board, item)
  if (!asset)
    return problem(404, 'There is no such image.', 'Its sender may still be uploading it. Try again later.')
  return {
    status: 200,
    headers: { ...headers, 'content-type': asset.type, 'content-security-policy': INERT },
    body: asset,
  }
}

async function write(
  { request, board, item }: Call,
  assets: AssetStore,
  most: number,
): Promise<HttpResponse> {
  if (Number(request.header('content-length')) > most)
    return problem(413, `An image has at most ${most} bytes.`, HELP.size)
  const known = await assets.get(board, item)
  if (known) return jsonResponse({ type: known.type, bytes: known.bytes })
  const result = await assets.put(board, item, request.header('content-type'), request.body)
  if (result.at === 'refused') return problem(STATUS[result.why], result.reason, HELP[result.why])
  return jsonResponse({ type: result.type, bytes: result.bytes }, 201)
}
