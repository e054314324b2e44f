import * as v from 'valibot'
import { relayLimitsSchema } from '../shared/protocol/limits.ts'
import { isAtLeast } from '../shared/protocol/role.ts'
import { SCHEMA_VERSION } from '../shared/schema/read.ts'
import type { Clock } from '../shared/util/clock.ts'
import type { Random } from '../shared/util/random.ts'
import { loadMeshPassword, type MeshPassword } from './auth/mesh-key.ts'
import { authorizerOf } from './authorizers.ts'
import type { Config } from './config.ts'
import { Health } from './health.ts'
import { Admissions } from './http/admissions.ts'
import { apiRoutes } from './http/api.ts'
import { chooseServer } from './http/choose.ts'
import { Connections } from './http/connections.ts'
import { guarded, guardedRoutes } from './http/guard.ts'
import { originPolicy } from './http/origin.ts'
import { loadPages, type Pages, servePage } from './http/pages.ts'
import { policyRoute } from './http/policy.ts'
import { trustedProxies } from './http/proxy.ts'
import type { Server, ServerParts } from './http/server.ts'
import { signalEndpoint } from './http/signal.ts'
import { syncEndpoint } from './http/sync.ts'
import { iceServers } from './ice.ts'
import { createMetrics } from './metrics/metrics.ts'
import type { Readings } from './metrics/readings.ts'
import { operatorRoutes } from './operator.ts'
import { schemaGate } from './room/gate.ts'
import { Rooms } from './room/rooms.ts'
import type { Logger, RoomParts } from './room/seams.ts'
import { objectAssets } from './storage/object-assets.ts'
import { objectSnapshots } from './storage/object-snapshots.ts'
import { openStores, type Stores } from './stores.ts'
import { measureUtilization } from './utilization.ts'
import { VERSION } from './version.ts'

/** Direct peers that one client holds. Links grow with the square of the people: a bigger room uses the relay only. */
const MESH_PEERS = 12

export interface Relay {
  readonly port: number
  readonly adapter: Server['adapter']
  /** Takes nobody new, stores and acknowledges what has arrived, closes everybody with 1001, lets go of the stores. */
  stop(): Promise<void>
}

export interface RelayParts {
  clock: Clock
  random: Random
  logger: Logger
  /** Which adapter to serve on; `chooseServer` unless a test wants a certain one. */
  serve?: (parts: ServerParts) => Server
  /** What to keep everything in; `openStores` unless a test watches or breaks the stores. */
  storage?: (config: Config) => Promise<Stores>
}

/** Starts a relay. Rejects, in words for the operator, when it cannot; nothing is left open then. */
export async function startRelay(config: Config, parts: RelayParts): Promise<Relay> {
  const pages = await loadPages(config.clientDir)
  const stores = await (parts.storage ?? openStores)(config)
  for (const warning of stores.warnings) parts.logger.error({}, warning)
  if (!pages.has('/index.html'))
    parts.logger.warn({ clientDir: config.clientDir }, 'the app is not there: only the relay is served')
  try {
    const meshPassword = await loadMeshPassword(config.dataDir, parts.random)
    return await serveFrom(stores, meshPassword, pages, config, parts)
  } catch (error) {
    await stores.close()
    throw error
  }
}

async function serveFrom(
  stores: Stores,
  meshPassword: MeshPassword,
  pages: Pages,
  config: Config,
  parts: RelayParts,
): Promise<Relay> {
  const { rooms, health, server } = compose(stores, meshPassword, pages, config, parts)
  try {
    health.start()
    const port = await server.listen(config.host, config.port)
    rooms
      .catchUp()
      .catch(err => parts.logger.error({ err }, 'boards that wait for a snapshot cannot be found'))
    return {
      port,
      adapter: server.adapter,
      async stop() {
        health.stopping()
        server.stopListening()
        await rooms.close()
        await server.stop()
        // Closing a store that does not answer ends the look at it.
        const looks = health.stop()
        await stores.close()
        await looks
      },
    }
  } catch (error) {
    void health.stop()
    await rooms.close()
    throw error
  }
}

interface Composed {
  readonly rooms: Rooms
  readonly health: Health
  readonly server: Server
}

/** Makes the parts and joins them. Nothing runs yet. */
function compose(
  stores: Stores,
  meshPassword: MeshPassword,
  pages: Pages,
  config: Config,
  { clock, random, logger, serve = chooseServer }: RelayParts,
): Composed {
  const { limits, retention } = config
  const health = new Health(stores.log, stores.objects, clock, logger)
  const connections = new Connections({ seconds, limits })
  const readiness = () => health.readiness(rooms.stats.snapshotsFail)
  const readings = () => readingsOf(rooms, connections, health)
  const metrics = createMetrics({
    clock,
    version: VERSION,
    connectionLimit: limits.connections,
    adapter: () => server.adapter,
    readings,
  })
  const snapshots = objectSnapshots(stores.objects, { clock, random, retention })
  const rooms = new Rooms({
    log: stores.log,
    snapshots,
    clock,
    random,
    seconds,
    utilization: measureUtilization(),
    logger,
    metrics,
    limits,
    gate: schemaGate,
    fanout: { publish: (topic, frame) => server.publish(topic, frame) },
    hello: helloOf(config, meshPassword, clock),
  })
  const authorizer = authorizerOf(config.auth, stores, clock, (board, epoch) => {
    admissions.revoke(board, epoch)
    rooms.revoke(board, epoch)
    signal.revoke(board, epoch)
  })
  const origin = originPolicy(config.origins)
  const admissions = new Admissions({ authorizer, clock, logger, connections, origin, metrics })
  const signal = signalEndpoint({ admissions, limits, clock, seconds, metrics })
  const { minSchema } = config
  const endpoints = [syncEndpoint({ rooms, admissions, limits, minSchema }), signal.endpoint]
  const { assetBytes } = config.assets
  const assets = objectAssets(stores.objects, config.assets)
  const api = apiRoutes({ authorizer, snapshots, assets, assetBytes, origin, clock, seconds, logger })
  const policy = policyRoute(config.policy)
  const server: Server = serve({
    endpoints: endpoints.map(endpoint => guarded(endpoint, logger)),
    respond: guardedRoutes(
      request => operator(request) ?? api(request) ?? policy(request) ?? servePage(pages, request),
      logger,
    ),
    tls: config.tls,
    trustedProxy: trustedProxies(config.trustProxy),
  })
  const operator = operatorRoutes({
    clock,
    stores: () => health.stores,
    readiness,
    metrics,
    readings,
    server,
    objectsAt: config.s3 ? `S3 bucket ${config.s3.bucket}` : 'Snapshots, images and keys in DATA_DIR',
    token: config.metricsToken,
  })
  return { rooms, health, server }
}

/** Of a clock that is never set back. */
const seconds = (): number => performance.now() / 1000

/** What a client is told first. Only who may edit learns how to reach the others directly. */
function helloOf(config: Config, meshPassword: MeshPassword, clock: Clock): RoomParts['hello'] {
  const { limits, ice, assets } = config
  const told = v.parse(relayLimitsSchema, { ...limits, assetBytes: assets.assetBytes })
  return (board, { role, epoch }) => {
    const isEditor = isAtLeast(role, 'editor')
    return {
      role,
      epoch,
      schema: SCHEMA_VERSION,
      limits: told,
      iceServers: isEditor ? iceServers(ice, clock) : [],
      mesh: isEditor ? { password: meshPassword(board, epoch), maxPeers: MESH_PEERS } : null,
    }
  }
}

function readingsOf(rooms: Rooms, connections: Connections, health: Health): Readings {
  const { stats } = rooms
  const { log, objects } = health.stores
  return {
    connections: { sync: connections.countOf('sync'), signal: connections.countOf('signal') },
    rooms: stats.rooms,
    sessions: stats.sessions,
    queuedChanges: stats.queued,
    unsnapshottedBoards: stats.unsnapshotted,
    snapshotLagSeconds: stats.snapshotLagSeconds,
    stores: { log: log.at === 'up' ? 'up' : 'down', objects: objects.at === 'up' ? 'up' : 'down' },
    ready: health.readiness(stats.snapshotsFail).ready,
  }
}
