import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { STOCK_SUBPROTOCOL, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { Rooms } from '../room/rooms.ts'
import type { RoomLimits } from '../room/seams.ts'
import type { Admissions, Door } from './admissions.ts'
import type { Endpoint, SocketHandler } from './server.ts'

/** Any version of our subprotocol. */
const OURS = 'driftboard.'

/** Bytes over the limit on frames that still get our own close code instead of the transport's. */
const LIMIT_SLACK = 64 * 1024

export interface SyncParts {
  rooms: Rooms
  admissions: Admissions
  limits: Pick<RoomLimits, 'frameBytes'>
}

/** Where boards are synced: PROTOCOL.md, rules 1 to 4. */
export function syncEndpoint({ rooms, admissions, limits }: SyncParts): Endpoint {
  return admissions.endpoint({
    name: 'sync',
    maxPayload: limits.frameBytes + LIMIT_SLACK,
    least: { role: 'viewer', otherwise: '' },
    select: selectProtocol,
    open: (board, grant, socket) => sessionHandler(rooms.join(board, socket, grant)),
  })
}

function selectProtocol(offers: readonly string[]): ReturnType<Door['select']> {
  if (offers.includes(SUBPROTOCOL)) return SUBPROTOCOL
  const selected = offers.find(offer => offer.startsWith(OURS))
  if (!selected) return offers.includes(STOCK_SUBPROTOCOL) ? STOCK_SUBPROTOCOL : ''
  return {
    selected,
    refusal: { code: CLOSE.outdated, refused: `This relay speaks ${SUBPROTOCOL}. Reload the app.` },
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
