import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Objects in memory behind as much of S3 as the relay asks for, with a plug to pull. */
export interface StubS3 {
  /** For the relay's environment. */
  readonly settings: Readonly<Record<string, string>>
  cut(): void
  mend(): void
  stop(): Promise<void>
}

interface Stored {
  readonly body: Buffer
  readonly type: string
  readonly tag: string
}

export async function startStubS3(): Promise<StubS3> {
  const objects = new Map<string, Stored>()
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((request, response) => {
    if (isCut) request.socket.destroy()
    else answer(objects, request, response).catch(() => response.destroy())
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    settings: {
      S3_BUCKET: 'load',
      S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'load',
      AWS_SECRET_ACCESS_KEY: 'load',
    },
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function answer(
  objects: Map<string, Stored>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const key = decodeURIComponent(url.pathname.replace(/^\/load\/?/, ''))
  if (request.method === 'PUT') return put(objects, key, request, response)
  if (request.method === 'POST') return removeAll(objects, await bodyOf(request), response)
  if (request.method === 'DELETE') {
    objects.delete(key)
    response.writeHead(204).end()
    return
  }
  if (key === '') return list(objects, url.searchParams, response)
  const found = objects.get(key)
  if (!found) return fail(response, 404, 'NoSuchKey')
  const headers = { etag: found.tag, 'content-type': found.type, 'content-length': found.body.length }
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : found.body)
}

async function put(
  objects: Map<string, Stored>,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = await bodyOf(request)
  const known = objects.get(key)
  const { 'if-match': expected, 'if-none-match': none } = request.headers
  if (none === '*' && known) return fail(response, 412, 'PreconditionFailed')
  if (expected && expected.replaceAll('"', '') !== known?.tag.replaceAll('"', ''))
    return fail(response, 412, 'PreconditionFailed')
  const tag = `"${createHash('md5').update(body).digest('hex')}"`
  objects.set(key, { body, tag, type: request.headers['content-type'] ?? 'application/octet-stream' })
  response.writeHead(200, { etag: tag }).end()
}

function removeAll(objects: Map<string, Stored>, body: Buffer, response: ServerResponse): void {
  for (const [, key] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(key as string)
  xml(response, 200, '<DeleteResult></DeleteResult>')
}

function list(objects: Map<string, Stored>, query: URLSearchParams, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter')
  const keys = [...objects.keys()].filter(key => key.startsWith(prefix)).sort()
  const folders = new Set<string>()
  const contents: string[] = []
  for (const key of keys) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1
    if (end >= 0) folders.add(key.slice(0, end + 1))
    else
      contents.push(
        `<Contents><Key>${key}</Key><Size>${objects.get(key)?.body.length ?? 0}</Size></Contents>`,
      )
  }
  const common = [...folders].map(folder => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`)
  const found = `<IsTruncated>false</IsTruncated>${contents.join('')}${common.join('')}`
  xml(response, 200, `<ListBucketResult>${found}</ListBucketResult>`)
}

const fail = (response: ServerResponse, status: number, code: string): void =>
  xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
