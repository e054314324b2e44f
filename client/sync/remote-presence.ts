import { type Awareness, applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { decodeAwareness, encodeAwareness } from '../../shared/protocol/awareness.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'

/** People at one board, beyond which somebody is making them up. */
const CLIENTS_MAX = 1_000

interface Hearer {
  readonly awareness: Awareness
  /** Whether somebody besides the awareness's own client is ours to speak for. */
  readonly speaksFor?: (client: number) => boolean
}

/**
 * Applies a presence update from another, after reading it within bounds (a ProtocolError says what is wrong).
 * What it says about those we speak for is left out: nobody else does. Returns the clients it names.
 */
export function applyPresence(
  { awareness, speaksFor }: Hearer,
  update: Uint8Array,
  origin: unknown,
): number[] {
  const entries = decodeAwareness(update).filter(
    ({ client }) => client !== awareness.clientID && speaksFor?.(client) !== true,
  )
  if (awareness.states.size + entries.length > CLIENTS_MAX) {
    throw new ProtocolError(CLOSE.tooLarge, `Presence of more than ${CLIENTS_MAX} clients.`)
  }
  applyAwarenessUpdate(awareness, encodeAwareness(entries), origin)
  return entries.map(entry => entry.client)
}

/**
 * Forgets clients together with their clocks. y-protocols keeps the clock of who left, so that somebody who comes
 * back over a new connection with an unchanged state would stay unseen until its next renewal.
 */
export function forgetPresence(awareness: Awareness, clients: readonly number[], origin: unknown): void {
  removeAwarenessStates(awareness, [...clients], origin)
  for (const client of clients) awareness.meta.delete(client)
}

/**
 * y-websocket looks up the presence clock of `doc.clientID` and throws where there is none. Yjs changes that id when
 * another client writes under it, which a hostile peer can do at will.
 */
export function ensureClock(awareness: Awareness, client: number): void {
  if (!awareness.meta.has(client)) awareness.meta.set(client, { clock: 0, lastUpdated: Date.now() })
}
