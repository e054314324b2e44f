import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { encodeFrame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import { isBoardId } from '../../shared/util/ids.ts'
import type { Authorizer } from '../auth/authorizer.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Logger, RoomLimits } from '../room/seams.ts'
import type { Endpoint, Socket, SocketHandler, Upgrade, UpgradeRequest } from './server.ts'

const PATH = '/sync/'

/** Any version of our subprotocol. */
const OURS = 'driftboard.'

/** Bytes over the limit on frames that still get our own close code instead of the transport's. */
const LIMIT_SLACK = 64 * 1024

export interface SyncParts {
  rooms: Rooms
  authorizer: Authorizer
  logger: Logger
  limits: RoomLimits
}

/** Where boards are synced: PROTOCOL.md, rules 1 to 4. */
export function syncEndpoint(parts: SyncParts): Endpoint {
  return {
    pattern: `${PATH}*`,
    maxPayload: parts.limits.frameBytes + LIMIT_SLACK,
    upgrade: request => admit(parts, request),
  }
}

async function admit({ rooms, authorizer, logger }: SyncParts, request: UpgradeRequest): Promise<Upgrade> {
  const { path, query, protocols } = request
  const protocol = protocols.includes(SUBPROTOCOL) ? SUBPROTOCOL : ''
  const outdated = protocols.find(offer => offer.startsWith(OURS))
  if (!protocol && outdated)
    return refuse(outdated, CLOSE.outdated, `This relay speaks ${SUBPROTOCOL}. Reload the app.`)
  const board = path.slice(PATH.length)
  if (!isBoardId(board))
    return refuse(protocol, CLOSE.badBoardId, 'A board id has 16 to 64 of A-Z a-z 0-9 _ -.')
  try {
    const grant = await authorizer.authorize({ board, token: new URLSearchParams(query).get('token') })
    if ('refused' in grant) return refuse(protocol, CLOSE.refused, grant.refused)
    return { protocol, connect: socket => sessionHandler(rooms.join(board, socket, grant)) }
  } catch (err) {
    logger.error({ board, err }, 'the authorizer failed')
    return refuse(protocol, CLOSE.unavailable, 'Nobody can be let in at the moment. Try again later.')
  }
}

function sessionHandler(session: ReturnType<Rooms['join']>): SocketHandler {
  return {
    message(message) {
      if (typeof message !== 'string') session.receive(message)
      else session.reject(new ProtocolError(CLOSE.malformed, 'A frame is a binary message, not a text.'))
    },
    drained: () => session.drained(),
    closed: () => session.closed(),
  }
}

function refuse(protocol: string, code: CloseCode, reason: string): Upgrade {
  return {
    protocol,
    connect(socket: Socket) {
      if (protocol === SUBPROTOCOL) socket.send(encodeFrame({ type: 'rejected', code, reason }))
      socket.close(code, reason)
      return { message: () => undefined, drained: () => undefined, closed: () => undefined }
    },
  }
}
