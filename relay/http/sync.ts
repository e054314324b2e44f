import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { STOCK_SUBPROTOCOL, SUBPROTOCOL, schemaIn } from '../../shared/protocol/frame.ts'
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
  /** The least version of the schema that a Driftboard client may write. What stock clients write, the gate judges. */
  minSchema: number
}

/** Where boards are synced: PROTOCOL.md, rules 1 to 4. */
export function syncEndpoint({ rooms, admissions, limits, minSchema }: SyncParts): Endpoint {
  return admissions.endpoint({
    name: 'sync',
    maxPayload: limits.frameBytes + LIMIT_SLACK,
    least: { role: 'viewer', otherwise: '' },
    select: offers => selectProtocol(offers, minSchema),
    open: (board, grant, socket) => sessionHandler(rooms.join(board, socket, grant)),
  })
}

function selectProtocol(offers: readonly string[], minSchema: number): ReturnType<Door['select']> {
  if (offers.includes(SUBPROTOCOL)) {
    if (schemaIn(offers) >= minSchema) return SUBPROTOCOL
    const refused =
      'This page is older than the relay allows. Reload to update it; your changes stay on this device.'
    return { selected: SUBPROTOCOL, refusal: { code: CLOSE.outdated, refused } }
  }
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
