import type { Clock } from '../../../shared/util/clock.ts'
import type { Random } from '../../../shared/util/random.ts'
import type { Changes } from './claims.ts'
import type { SimNet } from './sim-net.ts'
import type { SimRelay } from './sim-relay.ts'

export interface SimWorld {
  readonly clock: Clock
  readonly random: Random
  readonly net: SimNet
  readonly relay: SimRelay
  /** Told of each promise found broken. */
  readonly problem: (what: string) => void
  /** Everybody, who may be asked whether they have ever held some changes. */
  readonly peers: () => readonly { hasHeld(changes: Changes): boolean }[]
}
