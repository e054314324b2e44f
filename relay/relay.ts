import { join } from 'node:path'
import { SCHEMA_VERSION } from '../shared/schema/read.ts'
import type { Clock } from '../shared/util/clock.ts'
import type { Random } from '../shared/util/random.ts'
import type { Authorizer } from './auth/authorizer.ts'
import { loadMeshPassword } from './auth/mesh-key.ts'
import { openAuthorizer } from './auth/open.ts'
import type { Config } from './config.ts'
import { jsonResponse, loadAssets, serveAsset } from './http/assets.ts'
import { chooseServer } from './http/choose.ts'
import { guarded } from './http/guard.ts'
import type { HttpRequest, HttpResponse, Server, ServerParts } from './http/server.ts'
import { signalEndpoint } from './http/signal.ts'
import { syncEndpoint } from './http/sync.ts'
import { rootGate } from './room/gate.ts'
import { Rooms } from './room/rooms.ts'
import { type Logger, ROOM_LIMITS } from './room/seams.ts'
import { openLevelLog } from './storage/level-log.ts'
import type { UpdateLog } from './storage/update-log.ts'

/** Direct peers that one client holds. Links grow with the square of the people: a bigger room uses the relay only. */
const MESH_PEERS = 12

const AUTHORIZERS: Record<Config['auth'], Authorizer> = { open: openAuthorizer }

export interface Relay {
  readonly port: number
  readonly adapter: Server['adapter']
  /** Takes nobody new, stores and acknowledges what has arrived, closes everybody with 1001, lets go of the log. */
  stop(): Promise<void>
}

export interface RelayParts {
  clock: Clock
  random: Random
  logger: Logger
  /** Which adapter to serve on; `chooseServer` unless a test wants a certain one. */
  serve?: (parts: ServerParts) => Server
}

/** Starts a relay. Rejects, in words for the operator, when it cannot; nothing is left open then. */
export async function startRelay(config: Config, parts: RelayParts): Promise<Relay> {
  const assets = await loadAssets(config.clientDir)
  const log = await openLevelLog(join(config.dataDir, 'updates'))
  try {
    return await serveFrom(log, config, parts, request => serveAsset(assets, request))
  } catch (error) {
    await log.close()
    throw error
  }
}

async function serveFrom(
  log: UpdateLog,
  config: Config,
  { clock, random, logger, serve = chooseServer }: RelayParts,
  page: (request: HttpRequest) => HttpResponse,
): Promise<Relay> {
  const limits = { ...ROOM_LIMITS, idleEvictMs: config.idleEvictMs }
  const meshPassword = await loadMeshPassword(config.dataDir, random)
  const rooms = new Rooms({
    log,
    clock,
    logger,
    limits,
    gate: rootGate,
    fanout: { publish: (topic, frame) => server.publish(topic, frame) },
    hello: (board, { role }) => ({
      role,
      schema: SCHEMA_VERSION,
      limits: { frameBytes: limits.frameBytes },
      iceServers: config.iceServers,
      mesh: { password: meshPassword(board), maxPeers: MESH_PEERS },
    }),
  })
  const server = serve({
    endpoints: [
      syncEndpoint({ rooms, authorizer: AUTHORIZERS[config.auth], logger, limits }),
      signalEndpoint(),
    ].map(endpoint => guarded(endpoint, logger)),
    respond: request =>
      request.path === '/healthz'
        ? jsonResponse({
            status: 'ok',
            adapter: server.adapter,
            boards: rooms.count,
            sockets: server.sockets,
          })
        : page(request),
  })
  const port = await server.listen(config.host, config.port)
  return {
    port,
    adapter: server.adapter,
    async stop() {
      server.stopListening()
      await rooms.close()
      await server.stop()
      await log.close()
    },
  }
}
