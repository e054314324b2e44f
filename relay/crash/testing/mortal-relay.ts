/** A relay in a process of its own that dies where it is told to. It does what a message says, and says what it has done. */
import { destination } from 'pino'
import { systemClock } from '../../../shared/util/clock.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import { parseConfig } from '../../config.ts'
import { createLogger } from '../../log.ts'
import { startRelay } from '../../relay.ts'
import { openStores } from '../../stores.ts'
import { dieInFiles } from './dying-files.ts'
import { dyingStores } from './dying-stores.ts'
import { Death, type Fault } from './fault.ts'

export type Order =
  | {
      readonly to: 'start'
      readonly settings: Readonly<Record<string, string>>
      readonly fault: Fault | null
      /** ms that its wall clock is off. */
      readonly clockOff: number
    }
  | { readonly to: 'set the clock'; readonly clockOff: number }

export type Word =
  | { readonly at: 'ready' }
  | { readonly at: 'listening'; readonly port: number }
  | { readonly at: 'failed'; readonly reason: string }

/** What the relay writes its log to: standard error, which the test reads. */
const STDERR = 2

const say = (word: Word): void => void process.send?.(word)

let clockOff = 0

async function start(order: Extract<Order, { to: 'start' }>): Promise<void> {
  clockOff = order.clockOff
  const death = new Death(order.fault)
  dieInFiles(death)
  try {
    const relay = await startRelay(parseConfig(order.settings), {
      clock: { now: () => systemClock.now() + clockOff, after: systemClock.after },
      random: secureRandom,
      logger: createLogger('info', destination({ fd: STDERR, sync: true })),
      storage: config => death.around('stores', async () => dyingStores(await openStores(config), death)),
    })
    say({ at: 'listening', port: relay.port })
  } catch (error) {
    say({ at: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

process.on('message', async (order: Order) => {
  if (order.to === 'start') await start(order)
  else clockOff = order.clockOff
})
process.on('disconnect', () => process.exit(0))
say({ at: 'ready' })
