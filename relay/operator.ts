import type { Clock } from '../shared/util/clock.ts'
import type { Health, Readiness } from './health.ts'
import {
  htmlResponse,
  jsonResponse,
  methodNotAllowed,
  presents,
  SAFE_HEADERS,
  textResponse,
} from './http/respond.ts'
import type { HttpRequest, HttpResponse, Server } from './http/server.ts'
import type { Exposition } from './metrics/metrics.ts'
import type { Readings } from './metrics/readings.ts'
import { statusPage } from './status-page.ts'
import { VERSION } from './version.ts'

export interface OperatorParts {
  readonly clock: Clock
  readonly stores: () => Health['stores']
  readonly readiness: () => Readiness
  readonly metrics: Exposition
  readonly readings: () => Readings
  readonly server: Pick<Server, 'adapter' | 'sockets'>
  /** Where snapshots, images and keys are, in words. */
  readonly objectsAt: string
  /** What /metrics and /status ask for; null: nothing. */
  readonly token: string | null
}

type Route = (parts: OperatorParts, startedAt: number) => HttpResponse | Promise<HttpResponse>

/** Pages that everybody may see say nothing of boards, addresses or settings. */
const PUBLIC: Readonly<Record<string, Route>> = { '/healthz': healthz, '/readyz': readyz }
const GUARDED: Readonly<Record<string, Route>> = { '/metrics': metrics, '/status': status }

/** What operators and their machines look at. Null for every other path. */
export function operatorRoutes(
  parts: OperatorParts,
): (request: HttpRequest) => HttpResponse | Promise<HttpResponse> | null {
  const startedAt = parts.clock.now()
  return request => {
    const { method, path } = request
    const isGuarded = Object.hasOwn(GUARDED, path)
    const route = isGuarded ? GUARDED[path] : Object.hasOwn(PUBLIC, path) ? PUBLIC[path] : undefined
    if (!route) return null
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD')
    if (isGuarded && parts.token !== null && !mayWatch(request, parts.token)) return UNKNOWN_WATCHER
    return route(parts, startedAt)
  }
}

const UNKNOWN_WATCHER = textResponse(
  401,
  'This asks for METRICS_TOKEN, as a bearer token or as the password of any name.',
  {
    'www-authenticate': 'Basic realm="Driftboard relay", charset="UTF-8"',
  },
)

/** A machine brings the token as it is, a browser as a password. */
function mayWatch(request: HttpRequest, token: string): boolean {
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(request.header('authorization')) ?? []
  if (encoded === undefined) return presents(request, token)
  const password = Buffer.from(encoded, 'base64')
    .toString()
    .replace(/^[^:]*:/, '')
  return presents({ header: () => `Bearer ${password}` }, token)
}

function healthz({ server, readings }: OperatorParts): HttpResponse {
  const { adapter, sockets } = server
  return jsonResponse({ status: 'ok', adapter, boards: readings().rooms, sockets })
}

function readyz({ readiness }: OperatorParts): HttpResponse {
  const now = readiness()
  return jsonResponse(now, now.ready ? 200 : 503)
}

async function metrics({ metrics: { contentType, text } }: OperatorParts): Promise<HttpResponse> {
  const headers = { ...SAFE_HEADERS, 'content-type': contentType, 'cache-control': 'no-store' }
  return { status: 200, headers, body: Buffer.from(await text()) }
}

function status(parts: OperatorParts, startedAt: number): HttpResponse {
  const { clock, stores, readiness, metrics, readings, server, objectsAt } = parts
  return htmlResponse(
    statusPage({
      version: VERSION,
      adapter: server.adapter,
      node: process.versions.node,
      now: clock.now(),
      startedAt,
      readiness: readiness(),
      readings: readings(),
      stores: stores(),
      objectsAt,
      lastSnapshotAt: metrics.lastSnapshotAt,
      memory: process.memoryUsage.rss(),
    }),
  )
}
