import { onTestFinished } from 'vitest'
import type { WebSocket } from 'ws'
import { CREDENTIAL_PREFIX, decodeFrame, type Frame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import type { Authorizer } from '../auth/authorizer.ts'
import { linksAuthorizer } from '../auth/links.ts'
import { testRelay } from '../room/room.testing.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { Admissions } from './admissions.ts'
import { Connections } from './connections.ts'
import { guarded } from './guard.ts'
import { originPolicy } from './origin.ts'
import { type Adapter, HOST, serverParts, type Target, webSocket } from './server.testing.ts'
import { signalEndpoint } from './signal.ts'
import { syncEndpoint } from './sync.ts'

const LIMITS = { frameBytes: 100_000, connections: 50, connectionsPerAddress: 50, messagesPerSecond: 20 }

export interface Doors {
  readonly target: Target
  readonly connections: Connections
  /** Time for grants and authorizers; sockets have the real one. */
  readonly clock: ReturnType<typeof fakeClock>
  readonly board: string
  readonly owner: BoardKey
  /** A key that has claimed the board, or follows from it. */
  key(role: Role, epoch?: number): string
  /** How often the authorizer was asked. */
  readonly asked: () => number
  /** What was logged as an error. */
  readonly errors: string[]
  /** Codes that the metrics were told of. */
  readonly codes: number[]
  rotate(): Promise<unknown>
}

interface DoorOptions {
  limits?: Partial<typeof LIMITS>
  /** In place of the one for links. */
  authorizer?: Authorizer
  /** The least version of the schema that clients may write. */
  minSchema?: number
}

/** The endpoints for sync and signalling as the relay composes them, on one adapter, over a store in memory. */
export async function openDoors({ make, tls }: Adapter, options: DoorOptions = {}): Promise<Doors> {
  const clock = fakeClock(1_700_000_000_000)
  const seconds = () => clock.now() / 1000
  const limits = { ...LIMITS, ...options.limits }
  const connections = new Connections({ seconds, limits })
  const board = newId(secureRandom)
  const owner = newOwnerKey(secureRandom)
  const errors: string[] = []
  const codes: number[] = []
  let asked = 0
  const links = linksAuthorizer({
    store: memoryStore(),
    copy: null,
    clock: systemClock,
    onRotated(rotated, epoch) {
      admissions.revoke(rotated, epoch)
      signal.revoke(rotated, epoch)
    },
  })
  const inner = options.authorizer ?? links
  const authorizer: Authorizer = {
    rotate: inner.rotate,
    authorize(admission) {
      asked += 1
      return inner.authorize(admission)
    },
  }
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (_: object, text: string) => void errors.push(text),
  }
  const { rooms, clock: roomClock } = testRelay()
  const ticking = setInterval(() => void roomClock.settle(20), 5)
  const metrics = { closed: (code: number) => void codes.push(code) }
  const admissions = new Admissions({
    authorizer,
    connections,
    clock,
    logger,
    metrics,
    origin: originPolicy(['https://friend.example']),
  })
  const signal = signalEndpoint({ admissions, limits, clock, seconds, metrics })
  const endpoints = [
    syncEndpoint({ rooms, admissions, limits, minSchema: options.minSchema ?? 1 }),
    signal.endpoint,
  ]
  const server = make(serverParts(tls, { endpoints: endpoints.map(endpoint => guarded(endpoint, logger)) }))
  onTestFinished(async () => {
    clearInterval(ticking)
    await server.stop()
  })
  const target = { port: await server.listen(HOST, 0), isSecure: tls !== null }
  await links.authorize({ board, credential: owner.text })
  return {
    target,
    connections,
    clock,
    board,
    owner,
    key: (role, epoch = 0) => deriveKey(owner, board, role, epoch).text,
    asked: () => asked,
    errors,
    codes,
    rotate: async () => links.rotate?.(board, owner.text),
  }
}

/** What one client went through. */
export interface Visit {
  readonly socket: WebSocket
  readonly frames: Frame[]
  readonly texts: string[]
  /** Null while it is open. */
  closed: { code: number; reason: string } | null
}

interface Knock {
  path: string
  protocols?: string[]
  credential?: string | null
  origin?: string
}

/** Connects, with a credential among the offered subprotocols. */
export function knock(
  { target }: Pick<Doors, 'target'>,
  { path, protocols, credential, origin }: Knock,
): Visit {
  const offers = [
    ...(protocols ?? [SUBPROTOCOL]),
    ...(credential ? [`${CREDENTIAL_PREFIX}${credential}`] : []),
  ]
  const socket = webSocket(target, path, offers, origin ? { origin } : {})
  const visit: Visit = { socket, frames: [], texts: [], closed: null }
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) visit.frames.push(decodeFrame(new Uint8Array(data), Number.MAX_SAFE_INTEGER))
    else visit.texts.push(data.toString())
  })
  socket.on('close', (code, reason) => {
    visit.closed = { code, reason: reason.toString() }
  })
  onTestFinished(() => socket.terminate())
  return visit
}
