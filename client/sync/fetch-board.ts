import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { leaveFormats } from '../../shared/protocol/leave-formats.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { RelayLink, type RelayState } from './relay-link.ts'

export interface FetchBoardOptions {
  readonly boardId: string
  /** The relay's origin, such as `wss://example.org`. */
  readonly relayUrl: string
  readonly credential: string | null
  readonly clock: Clock
  readonly random: Random
  readonly WebSocket: typeof WebSocket
}

/** ms. The relay has just been talked to; who waits longer than this tries again another time. */
const ANSWER_WITHIN = 30_000

/**
 * A board as the relay has it, and nothing of this device, over a connection of its own. Rejects when the relay does not let
 * this client in or does not answer in time. The caller destroys the document.
 */
export function fetchBoard({ relayUrl, credential, ...options }: FetchBoardOptions): Promise<Y.Doc> {
  const doc = new Y.Doc()
  leaveFormats(doc)
  const awareness = new Awareness(doc)
  const link = new RelayLink({
    ...options,
    doc,
    awareness,
    url: `${relayUrl}/sync`,
    credential: () => credential,
  })
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stopTimer()
      stop()
      link.destroy()
      awareness.destroy()
      settle()
    }
    const stopTimer = options.clock.after(ANSWER_WITHIN, () => fail('The relay did not answer in time.'))
    const fail = (why: string) =>
      end(() => {
        doc.destroy()
        reject(new Error(why))
      })
    const look = (state: RelayState) => {
      if (state.at === 'synced') end(() => resolve(doc))
      if (state.at === 'refused') fail(state.reason || `The relay closed the connection with ${state.code}.`)
    }
    const stop = link.subscribe(look)
    link.connect()
  })
}
