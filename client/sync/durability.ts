import { Cell, type Readable, sameFlat } from '../../shared/util/readable.ts'
import type { LocalState } from './local-store.ts'
import type { RelayState } from './relay-link.ts'

/** Where this board's changes are, for the status area; each part comes from real confirmations. */
export interface Durability {
  readonly device: LocalState
  /** Directly connected peers. */
  readonly peers: number
  /** Those of them that have said that they hold every change of this person's. */
  readonly holders: number
  /** `saved`: the relay has on disk all that this device sent. `off`: there is no connection to it now. */
  readonly relay: 'off' | 'syncing' | 'saved' | 'refused'
}

export interface DurabilitySources {
  readonly local: Readable<LocalState>
  readonly relay: Readable<RelayState>
  readonly peers: Readable<number>
  readonly holders: Readable<number>
}

/** Derives the durability from its sources for as long as they live. */
export function durabilityOf({
  local,
  relay,
  peers,
  holders,
}: DurabilitySources): Readable<Durability> & { stop(): void } {
  const read = (): Durability => ({
    device: local.state,
    peers: peers.state,
    holders: holders.state,
    relay: relayDurability(relay.state),
  })
  const cell = new Cell(read(), sameFlat)
  const update = () => cell.set(read())
  const stops = [local, relay, peers, holders].map(source => source.subscribe(update))
  return {
    get state() {
      return cell.state
    },
    subscribe: listener => cell.subscribe(listener),
    stop() {
      for (const stop of stops) stop()
      cell.clear()
    },
  }
}

function relayDurability(state: RelayState): Durability['relay'] {
  switch (state.at) {
    case 'offline':
    case 'connecting':
      return 'off'
    case 'syncing':
      return 'syncing'
    case 'synced':
      return state.durable ? 'saved' : 'syncing'
    case 'refused':
      return 'refused'
  }
}
