import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { OUR_SUBPROTOCOLS, STOCK_SUBPROTOCOL, schemaIn } from '../../shared/protocol/frame.ts'
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
  const best = OUR_SUBPROTOCOLS.find(known => offers.includes(known))
  if (best) {
    if (schemaIn(offers) >= minSchema) return best
    const refused =
      'This page is older than the relay allows. Reload to update it; your changes stay on this device.'
    return { selected: best, refusal: { code: CLOSE.outdated, refused } }
  }
  const selected = offers.find(offer => offer.startsWith(OURS))
  if (!selected) return offers.includes(STOCK_SUBPROTOCOL) ? STOCK_SUBPROTOCOL : ''
  return {
    selected,
    refusal: {
      code: CLOSE.outdated,
      refused: `This relay speaks ${OUR_SUBPROTOCOLS.join(' and ')}. Reload the app.`,
    },
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
