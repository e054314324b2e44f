import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../shared/util/clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { type Config, parseConfig } from '../config.ts'
import { serve } from '../serve.ts'
import { objectSnapshots } from '../storage/object-snapshots.ts'
import { openStores, type Stores } from '../stores.ts'
import { VERSION } from '../version.ts'
import type { Command } from './command.ts'
import { exportBoard } from './export-board.ts'
import { helpText } from './help.ts'
import { importBoard } from './import-board.ts'
import { type Terminal, terminal } from './terminal.ts'
import { type Checked, verify } from './verify.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Carries a command out. Resolves to the exit code, or null while the relay runs on. Rejects in words for the operator. */
export async function run(command: Command, environment: Environment): Promise<number | null> {
  switch (command.name) {
    case 'help':
      terminal.say(helpText())
      return 0
    case 'version':
      terminal.say(VERSION)
      return 0
    case 'serve':
      await starting(() => serve(parseConfig(environment)))
      return null
    case 'export':
    case 'import':
    case 'verify': {
      const config = parseConfig(environment)
      if (command.name !== 'import') requireBoards(config)
      return withStores(config, stores => offline(command, stores, config, terminal))
    }
    default:
      return unreachable(command)
  }
}

/** A mistaken DATA_DIR would be made, found empty, and called well. */
function requireBoards({ dataDir, s3 }: Config): void {
  if (s3 || existsSync(join(dataDir, 'updates'))) return
  throw new Error(`DATA_DIR: ${dataDir} holds no boards. Set it to the directory of a relay.`)
}

async function starting(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw new Error(`Driftboard cannot start.\n${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

async function withStores(config: Config, work: (stores: Stores) => Promise<number>): Promise<number> {
  const stores = await openStores(config)
  try {
    return await work(stores)
  } finally {
    await stores.close()
  }
}

type Offline = Extract<Command, { name: 'export' | 'import' | 'verify' }>

/** What works on the stores of a relay that does not run. Resolves to the exit code. */
export async function offline(
  command: Offline,
  stores: Stores,
  config: Config,
  out: Terminal,
): Promise<number> {
  const { retention } = config
  const snapshots = objectSnapshots(stores.objects, { clock: systemClock, random: secureRandom, retention })
  switch (command.name) {
    case 'export':
      await exportBoard(command, stores.log, snapshots, out)
      return 0
    case 'import':
      await importBoard(command, stores, snapshots, config, out)
      return 0
    case 'verify': {
      let problems = 0
      const found = ({ where, what }: { where: string; what: string }) => {
        problems += 1
        out.say(`${where}: ${what}`)
      }
      const checked = await verify(command.board, { ...stores, snapshots, found })
      out.say(verdict(checked, problems))
      return problems === 0 ? 0 : 1
    }
    default:
      return unreachable(command)
  }
}

function verdict(checked: Checked, problems: number): string {
  const { boards, snapshots, versions, images, keys } = checked
  if (problems === 0 && boards + snapshots + versions + images + keys === 0)
    return 'Nothing is kept here. DATA_DIR, S3_BUCKET and S3_PREFIX say where to look.'
  const sum = problems === 0 ? 'all is well' : `${problems} problem${problems === 1 ? '' : 's'}, above`
  return `Checked ${boards} boards in the log, ${snapshots} snapshots, ${versions} versions, ${images} images and ${keys} key records: ${sum}.`
}
