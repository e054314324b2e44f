import { SIGNAL_SUBPROTOCOL, STOCK_SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import { type Admissions, REPLACED } from './admissions.ts'
import { isReplaced } from './grants.ts'
import type { Endpoint, Socket } from './server.ts'
import { MAX_PAYLOAD, Signaller } from './signaller.ts'

export interface SignalParts {
  admissions: Admissions
  limits: Pick<RelayLimits, 'messagesPerSecond'>
  clock: Clock
  /** Of a clock that is never set back. */
  seconds: () => number
  metrics: Pick<RelayMetrics, 'closed'>
}

export interface Signalling {
  readonly endpoint: Endpoint
  /** The owner of a board has replaced its links: closes whoever came with an older one. */
  revoke(board: string, epoch: number): void
}

/** The signalling of y-webrtc: PROTOCOL.md, rules 19 and 20. It sees who is at a board, never what is on it. */
export function signalEndpoint({ admissions, ...parts }: SignalParts): Signalling {
  const boards = new Map<string, Set<Signaller>>()

  function open(board: string, grant: Grant, socket: Socket): Signaller {
    const present = boards.get(board) ?? new Set()
    boards.set(board, present)
    const signaller = new Signaller(board, grant, socket, present, parts, () => {
      present.delete(signaller)
      if (present.size === 0 && boards.get(board) === present) boards.delete(board)
    })
    present.add(signaller)
    return signaller
  }

  return {
    endpoint: admissions.endpoint({
      name: 'signal',
      maxPayload: MAX_PAYLOAD,
      least: { role: 'editor', otherwise: 'Direct connections are for those who may edit.' },
      select: offers => [SIGNAL_SUBPROTOCOL, STOCK_SUBPROTOCOL].find(known => offers.includes(known)) ?? '',
      open,
    }),
    revoke(board, epoch) {
      for (const signaller of [...(boards.get(board) ?? [])])
        if (isReplaced(signaller.grant, epoch)) signaller.close(REPLACED.code, REPLACED.refused)
    },
  }
}
