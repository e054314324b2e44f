import { stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { destination } from 'pino'
import { systemClock } from '../shared/util/clock.ts'
import { secureRandom } from '../shared/util/random.ts'
import type { Config } from './config.ts'
import { createLogger } from './log.ts'
import { type Relay, startRelay } from './relay.ts'
import type { Logger } from './room/seams.ts'

/** Reports go to stderr, as JSON; stdout has the address alone. */
const STDERR = 2

/** Hosts that a browser on this machine reaches as `localhost`. */
const LOCAL = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1']

/** ms. npm passes on to us what the terminal has sent us already: one Ctrl-C comes twice, and is one. */
const SAME_SIGNAL = 500

/** Runs a relay until a signal stops it. Rejects, in words for the operator, when it cannot start. */
export async function serve(config: Config): Promise<void> {
  const reports = destination({ fd: STDERR, sync: true })
  // Where the log goes may be full, or a terminal that was closed: that ends no relay.
  reports.on('error', () => undefined)
  const logger = createLogger(config.logLevel, reports)
  // What state we are in then, nobody knows: the log has all that was acknowledged, and a supervisor starts us again.
  const crash = (err: unknown): void => {
    logger.error({ err }, 'a mistake of this relay ends it. Please report this.')
    process.exit(1)
  }
  process.on('uncaughtException', crash).on('unhandledRejection', crash)
  // Node's own listener writes several lines that are no JSON.
  process.removeAllListeners('warning').on('warning', err => logger.warn({ err }, 'Node or a package warns'))

  const relay = await startRelay(config, { clock: systemClock, random: secureRandom, logger })
  await warnOfReaders(config.dataDir, logger)
  logger.info({ port: relay.port, adapter: relay.adapter, auth: config.auth.mode }, 'listening')
  console.log(
    `Driftboard is at ${address(config, relay)} (on ${relay.adapter}; boards are kept in ${placeOf(config)})`,
  )
  let stoppedAt: number | null = null
  const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    if (stoppedAt === null) void end(relay, signal, logger)
    // A second one ends a relay that waits for its disk.
    else if (performance.now() - stoppedAt > SAME_SIGNAL) process.exit(128 + constants.signals[signal])
    stoppedAt ??= performance.now()
  }
  // SIGHUP: the terminal was closed.
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop)
}

async function end(relay: Relay, signal: string, logger: Logger): Promise<void> {
  logger.info({ signal }, 'stopping')
  await relay.stop()
  logger.info({}, 'stopped')
  process.exit(0)
}

/** A directory that somebody else made, or an earlier version, may be open to all. */
async function warnOfReaders(dataDir: string, logger: Logger): Promise<void> {
  // Windows has no such modes.
  if (process.platform === 'win32') return
  const others = (await stat(dataDir)).mode & 0o077
  if (others !== 0) logger.warn({ dataDir }, 'other users of this machine may read DATA_DIR: chmod 700 it')
}

function address({ host, tls }: Config, { port }: Relay): string {
  const name = LOCAL.includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

const placeOf = ({ dataDir, s3 }: Config): string =>
  s3 ? `${dataDir} and the S3 bucket ${s3.bucket}` : dataDir
