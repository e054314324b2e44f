import { CLOSE } from '../../shared/protocol/close.ts'
import { CREDENTIAL_PREFIX, encodeFrame, OUR_SUBPROTOCOLS } from '../../shared/protocol/frame.ts'
import { isAtLeast, type Role } from '../../shared/protocol/role.ts'
import { isBoardId } from '../../shared/util/ids.ts'
import type { Grant, Refusal } from '../auth/authorizer.ts'
import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import type { Connections, EndpointName } from './connections.ts'
import { type GrantParts, Grants, isReplaced } from './grants.ts'
import { foreignOrigin, type OriginPolicy } from './origin.ts'
import type { Endpoint, Socket, SocketHandler, Upgrade, UpgradeRequest } from './server.ts'

/** Why a person whose link the owner has replaced is closed. */
export const REPLACED: Refusal = {
  code: CLOSE.revoked,
  refused: 'The owner has replaced the link. Ask for the new one.',
}

const NO_BOARD: Refusal = {
  code: CLOSE.badBoardId,
  refused: 'A board id has 16 to 64 of A-Z a-z 0-9 _ -.',
}

const SEVERAL_CREDENTIALS: Refusal = {
  code: CLOSE.malformed,
  refused: `Offer one subprotocol that starts with ${CREDENTIAL_PREFIX}, not several.`,
}

/** An endpoint whose sockets belong to one board each. */
export interface Door {
  readonly name: EndpointName
  readonly maxPayload: number
  /** What the least one may do who gets in, and what others are told. */
  readonly least: { readonly role: Role; readonly otherwise: string }
  /** The subprotocol to select among those offered, empty for none; or why none of them will do. */
  select(offers: readonly string[]): string | { readonly selected: string; readonly refusal: Refusal }
  open(board: string, grant: Grant, socket: Socket): SocketHandler
}

export interface AdmissionParts extends GrantParts {
  connections: Connections
  origin: OriginPolicy
  metrics: Pick<RelayMetrics, 'closed'>
}

/** Somebody between the question for a grant and the socket that it is for. */
interface Visit {
  readonly board: string
  /** The epoch that the owner's last replacement of the links during the visit began. */
  newest: number
}

/**
 * Who gets through which door.
 *
 * 1. What costs least is decided first: the caps, then what the request itself says, and only then the authorizer.
 * 2. Whoever is refused is upgraded and closed, so that a browser can read the code.
 * 3. A grant that ended before its socket opened opens nothing.
 */
export class Admissions {
  readonly #parts: AdmissionParts
  readonly #grants: Grants
  readonly #visits = new Set<Visit>()

  constructor(parts: AdmissionParts) {
    this.#parts = parts
    this.#grants = new Grants(parts)
  }

  endpoint(door: Door): Endpoint {
    return {
      pattern: `/${door.name}/*`,
      maxPayload: door.maxPayload,
      upgrade: request => this.#admit(door, request),
    }
  }

  /** The owner of a board has replaced its links: grants below the epoch that are not in use yet never will be. */
  revoke(board: string, epoch: number): void {
    for (const visit of this.#visits) if (visit.board === board) visit.newest = Math.max(visit.newest, epoch)
  }

  async #admit(door: Door, request: UpgradeRequest): Promise<Upgrade> {
    const choice = door.select(request.protocols)
    const protocol = typeof choice === 'string' ? choice : choice.selected
    const leave = this.#parts.connections.enter(door.name, request.address)
    if (typeof leave !== 'function') return this.#refusal(protocol, leave, () => undefined)
    const board = request.path.slice(door.name.length + 2)
    const refused = typeof choice === 'string' ? this.#objection(board, request) : choice.refusal
    if (refused) return this.#refusal(protocol, refused, leave)

    const visit: Visit = { board, newest: 0 }
    this.#visits.add(visit)
    const verdict = await this.#grants.of({ board, credential: credentialIn(request.protocols) })
    const depart = () => {
      this.#visits.delete(visit)
      leave()
    }
    if ('refused' in verdict) return this.#refusal(protocol, verdict, depart)
    const { role, otherwise } = door.least
    if (!isAtLeast(verdict.role, role))
      return this.#refusal(protocol, { code: CLOSE.refused, refused: otherwise }, depart)
    return {
      protocol,
      abandoned: depart,
      connect: socket => {
        this.#visits.delete(visit)
        if (isReplaced(verdict, visit.newest)) return this.#refusal(protocol, REPLACED, leave).connect(socket)
        return leaving(door.open(board, verdict, socket), leave)
      },
    }
  }

  /** What is wrong with the request itself. */
  #objection(board: string, { protocols, header }: UpgradeRequest): Refusal | null {
    const origin = header('origin')
    if (!this.#parts.origin.allows(origin, header('host')))
      return { code: CLOSE.refused, refused: foreignOrigin(origin) }
    if (!isBoardId(board)) return NO_BOARD
    return protocols.filter(isCredential).length > 1 ? SEVERAL_CREDENTIALS : null
  }

  #refusal(protocol: string, { code, refused }: Refusal, depart: () => void): Upgrade {
    return {
      protocol,
      abandoned: depart,
      connect: socket => {
        this.#parts.metrics.closed(code)
        if (OUR_SUBPROTOCOLS.includes(protocol))
          socket.send(encodeFrame({ type: 'rejected', code, reason: refused, where: '' }))
        socket.close(code, refused)
        return { message: () => undefined, drained: () => undefined, closed: depart }
      },
    }
  }
}

const isCredential = (offer: string): boolean => offer.startsWith(CREDENTIAL_PREFIX)

/** The key or token among the offered subprotocols. */
const credentialIn = (offers: readonly string[]): string | null =>
  offers.find(isCredential)?.slice(CREDENTIAL_PREFIX.length) || null

function leaving(handler: SocketHandler, leave: () => void): SocketHandler {
  return {
    message: message => handler.message(message),
    drained: () => handler.drained(),
    closed: () => {
      leave()
      handler.closed()
    },
  }
}
