import { readFile } from 'node:fs/promises'
import { newOwnerKey } from '../../shared/protocol/keys.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { keyRecordName } from '../auth/key-record.ts'
import { linksAuthorizer } from '../auth/links.ts'
import type { Config } from '../config.ts'
import { NO_METRICS } from '../metrics/relay-metrics.ts'
import { schemaGate } from '../room/gate.ts'
import { Rooms } from '../room/rooms.ts'
import type { Logger } from '../room/seams.ts'
import { Topics } from '../room/topics.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import type { Stores } from '../stores.ts'
import type { Command } from './command.ts'
import { updateOfFile } from './documents.ts'
import { ImportClient, OWNER } from './import-client.ts'
import type { Terminal } from './terminal.ts'

type Import = Extract<Command, { name: 'import' }>

/** Bytes of a frame around an update. */
const FRAME_SLACK = 1024

/**
 * Puts a file into a board the way a client would: the same gate looks at it, the same log keeps it. Rejects in words for
 * the operator.
 */
export async function importBoard(
  { file, board, force }: Import,
  stores: Stores,
  snapshots: SnapshotStore,
  config: Config,
  terminal: Terminal,
): Promise<void> {
  const update = updateOfFile(file, await read(file))
  const { logger, failure } = firstFailure()
  const rooms = openRooms(stores, snapshots, config, logger)
  try {
    const client = new ImportClient()
    client.session = rooms.join(board, client, OWNER)
    if ((await outcome(client.hasContent(), failure)) && !force)
      throw new Error(
        `Board ${board} has something already. Choose another id, or merge the file into it with --force: nothing that is there is taken away.`,
      )
    await outcome(client.put(update), failure)
  } finally {
    await rooms.close()
  }
  terminal.say(`Board ${board} holds what ${file} has.`)
  if (config.auth.mode === 'links') await claim(board, stores, terminal)
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    throw new Error(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`)
  }
}

function openRooms(stores: Stores, snapshots: SnapshotStore, { limits }: Config, logger: Logger): Rooms {
  const wide = limits.documentBytes + FRAME_SLACK
  return new Rooms({
    log: stores.log,
    snapshots,
    clock: systemClock,
    random: secureRandom,
    seconds: () => performance.now() / 1000,
    utilization: () => 0,
    metrics: NO_METRICS,
    gate: schemaGate,
    fanout: new Topics(),
    logger,
    // One frame holds the whole file. What a board may hold stays as it is.
    limits: { ...limits, frameBytes: wide, heldBytes: wide, backlogBytes: wide, bytesPerSecond: wide },
    hello: (_board, { role, epoch }) => ({
      role,
      epoch,
      schema: SCHEMA_VERSION,
      limits,
      iceServers: [],
      mesh: null,
    }),
  })
}

/** What a client is told of a failure is not for the operator: the reason is what the room logs. */
function firstFailure(): { logger: Logger; failure: () => Error | null } {
  let first: Error | null = null
  const note = (fields: object) => {
    if ('err' in fields && fields.err instanceof Error) first ??= fields.err
  }
  return { logger: { info: () => undefined, warn: note, error: note }, failure: () => first }
}

async function outcome<T>(task: Promise<T>, failure: () => Error | null): Promise<T> {
  try {
    return await task
  } catch (error) {
    throw failure() ?? error
  }
}

/** A board that nobody has claimed could be claimed by whoever comes first: it gets an owner now, whose key the operator has. */
async function claim(board: string, { objects, keyCopy }: Stores, terminal: Terminal): Promise<void> {
  if (await objects.get(keyRecordName(board))) return
  const key = newOwnerKey(secureRandom)
  const authorizer = linksAuthorizer({
    store: objects,
    copy: keyCopy,
    clock: systemClock,
    onRotated: () => undefined,
  })
  const verdict = await authorizer.authorize({ board, credential: key.text })
  if ('refused' in verdict) throw new Error(`Board ${board} could not be given an owner. ${verdict.refused}`)
  terminal.say(
    `Nobody owned it. Whoever opens /b/${board}#${key.text} on this relay is its owner: keep that to yourself.`,
  )
}
