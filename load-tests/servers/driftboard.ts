import { join, resolve } from 'node:path'
import { buildChanged } from '../../scripts/lib/build.mjs'
import { type Running, startServer } from './server.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** People of a load test come from few addresses, and are not turned away for that. All other limits are as they are. */
const MANY_PEOPLE = {
  MAX_CONNECTIONS: '100000',
  MAX_CONNECTIONS_PER_ROOM: '100000',
  MAX_CONNECTIONS_PER_ADDRESS: '100000',
  MAX_MESSAGES_PER_SECOND: '10000',
}

export interface DriftboardParts {
  readonly dataDir: string
  readonly port: number
  readonly core: number | null
  /** On `ws` also where the native server could run. */
  readonly adapter: 'native' | 'ws'
  /** Settings beside these. */
  readonly settings: Readonly<Record<string, string>>
}

/** Builds it when it is not, or has changed: once, however many are started at a time. */
let built: Promise<void> | null = null

/** Our relay as operators run it: built, with keys, validation, the log on disk, snapshots and metrics. */
export async function startDriftboard({
  dataDir,
  port,
  core,
  adapter,
  settings,
}: DriftboardParts): Promise<Running> {
  const without = adapter === 'ws' ? ['--import', join(import.meta.dirname, 'without-native.mjs')] : []
  built ??= buildChanged(['relay'])
  await built
  return startServer({
    command: process.execPath,
    args: [...without, join(ROOT, 'dist/relay/main.js')],
    cwd: ROOT,
    core,
    env: {
      ...MANY_PEOPLE,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      AUTH: 'links',
      LOG_LEVEL: 'error',
      ...settings,
    },
  })
}
