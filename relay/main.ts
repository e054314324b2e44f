import { destination, pino } from 'pino'
import { systemClock } from '../shared/util/clock.ts'
import { secureRandom } from '../shared/util/random.ts'
import { type Config, parseConfig } from './config.ts'
import { type Relay, startRelay } from './relay.ts'

/** Reports go to stderr, as JSON; stdout has the address alone. */
const STDERR = 2

/** Hosts that a browser on this machine reaches as `localhost`. */
const LOCAL = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1']

try {
  await main()
} catch (error) {
  console.error(`Driftboard cannot start.\n${error instanceof Error ? error.message : String(error)}`)
  if (process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace') console.error(error)
  process.exit(1)
}

async function main(): Promise<void> {
  const config = parseConfig(process.env)
  const logger = pino({ level: config.logLevel }, destination({ fd: STDERR, sync: true }))
  const relay = await startRelay(config, { clock: systemClock, random: secureRandom, logger })
  console.log(
    `Driftboard is at ${address(config, relay)} (on ${relay.adapter}; boards are kept in ${config.dataDir})`,
  )

  // Once: a second signal ends a relay that waits for its disk.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal))

  async function stop(signal: string): Promise<void> {
    logger.info({ signal }, 'stopping')
    await relay.stop()
    logger.info({}, 'stopped')
    process.exit(0)
  }
}

function address({ host }: Config, { port }: Relay): string {
  const name = LOCAL.includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
