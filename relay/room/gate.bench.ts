import * as Y from 'yjs'
import { DocBoard } from '../../client/board/doc-board.ts'
import { keysAbove } from '../../shared/schema/order.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { openLevelLog } from '../storage/level-log.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { schemaGate } from './gate.ts'
import { type Client, joinRoom, roomParts } from './room.testing.ts'
import { Rooms } from './rooms.ts'
import { ROOM_LIMITS } from './seams.ts'
import { Topics } from './topics.ts'
import { memorySnapshots } from './watched-snapshots.testing.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** s that a room spent on one tick. */
interface Spent {
  /** Reading, checking, applying, encoding, handing to the log and to the sockets. */
  tick: number
  gate: number
  /** From the append to its being on disk. */
  append: number
}

const SHAPES = 10_000
const RUNS = 400
const LARGE_RUNS = 9

/**
 * What the gate costs in a real room on the real log: as a share of the tick, from reading the changes to their being on
 * disk, and of the computing alone, without the wait for the disk.
 */
export default async function gateBench(): Promise<Figure[]> {
  const folder = await temporaryFolder()
  const log = await openLevelLog(folder.path)
  const spent: Spent = { tick: 0, gate: 0, append: 0 }
  const topics = new Topics()
  const rooms = new Rooms({
    ...roomParts(systemClock, topics),
    seconds: () => performance.now() / 1000,
    log,
    snapshots: memorySnapshots(systemClock),
    gate: schemaGate,
    limits: {
      ...ROOM_LIMITS,
      messagesPerSecond: 1e9,
      bytesPerSecond: 1e12,
      snapshotAfterMs: 1e9,
      snapshotMaxMs: 1e9,
    },
    metrics: {
      ...roomParts(systemClock, topics).metrics,
      tick: seconds => void Object.assign(spent, { tick: seconds }),
      validated: seconds => void Object.assign(spent, { gate: seconds }),
      appended: seconds => void Object.assign(spent, { append: seconds }),
    },
  })
  const join = (board: string) =>
    joinRoom(rooms, topics, { board, stock: false, grant: { role: 'editor', epoch: null, expiresAt: null } })
  try {
    return [...(await large(join, spent)), ...(await small(join, spent))]
  } finally {
    await rooms.close()
    await log.close()
    await folder.remove()
  }
}

type Join = (board: string) => Client

/** A board of 10,000 shapes, sent as one sync step 2 to a relay that has nothing of it. */
async function large(join: Join, spent: Spent): Promise<Figure[]> {
  const update = Y.encodeStateAsUpdate(bigBoard().doc)
  const runs: Spent[] = []
  for (let run = 0; run < LARGE_RUNS; run += 1) {
    const client = join(`large-board-number-${run}`)
    await until(() => client.got('ack').length > 0)
    client.say({ type: 'syncStep2', update })
    await acknowledged(client, 1)
    runs.push({ ...spent })
    client.leave()
  }
  return figuresOf(`a sync step 2 of ${SHAPES} shapes`, runs)
}

/** Gestures on a board of 10,000 shapes. */
async function small(join: Join, spent: Spent): Promise<Figure[]> {
  const { doc, board } = bigBoard()
  const client = join('small-changes-to-a-large-board')
  await until(() => client.got('ack').length > 0)
  client.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
  const waiting: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => waiting.push(update))
  let sent = 1
  await acknowledged(client, sent)

  async function measure(name: string, gesture: (run: number) => void): Promise<Figure[]> {
    const runs: Spent[] = []
    for (let run = 0; run < RUNS; run += 1) {
      gesture(run)
      sent += waiting.length
      for (const update of waiting.splice(0)) client.say({ type: 'update', update })
      await acknowledged(client, sent)
      runs.push({ ...spent })
    }
    return figuresOf(name, runs)
  }

  const move = (at: number) =>
    board.transact([{ op: 'patch', id: `shape-${at % SHAPES}`, patch: { pos: [at, at / 3] } }])
  const stroke = Array.from({ length: 200 }, (_, i) => [i * 3, 40 * Math.sin(i / 9)] as const)
  return [
    ...(await measure('a move', run => move(run * 7))),
    ...(await measure('50 moves in a tick', run => {
      for (let at = 0; at < 50; at += 1) move(run * 50 + at)
    })),
    ...(await measure('a stroke of 200 points', run => {
      const keys = inkKeys({ points: stroke, pressures: null })
      board.transact([{ op: 'create', shape: makeShape('ink', { id: `stroke-${run}`, z: 'a0', ...keys }) }])
    })),
    ...(await measure('a character typed', run =>
      board.transact([{ op: 'text', id: 'shape-5', at: run, remove: 0, insert: 'x' }]),
    )),
  ]
}

function bigBoard() {
  const doc = new Y.Doc()
  const board = new DocBoard(doc)
  const shapes = keysAbove(null, SHAPES).map((z, i) =>
    makeShape('rectangle', {
      id: `shape-${i}`,
      pos: [(i % 100) * 60.5, i / 7],
      size: [50, 40],
      z,
      stroke: '#aa3300',
      text: `label ${i}`,
    }),
  )
  board.transact(shapes.map(shape => ({ op: 'create', shape })))
  return { doc, board }
}

function figuresOf(name: string, runs: readonly Spent[]): Figure[] {
  const share = (of: (spent: Spent) => number) => 100 * median(runs.map(spent => spent.gate / of(spent)))
  return [
    { name: `${name}: the gate, of computing`, value: round(share(spent => spent.tick)), unit: '%' },
    {
      name: `${name}: the gate, of the tick`,
      value: round(share(spent => spent.tick + spent.append)),
      unit: '%',
    },
    { name: `${name}: computing`, value: round(1000 * median(runs.map(spent => spent.tick))), unit: 'ms' },
  ]
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const round = (value: number): number => Number(value.toFixed(3))

const acknowledged = (client: Client, frames: number) =>
  until(() => (client.got('ack').at(-1)?.frames ?? -1) >= frames)

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}
