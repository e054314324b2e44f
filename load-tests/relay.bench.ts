import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame, STATE_SUBPROTOCOL, SUBPROTOCOL } from '../shared/protocol/frame.ts'
import { startDriftboard } from './servers/driftboard.ts'
import { freePort } from './servers/free-port.ts'
import type { Running } from './servers/server.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const IDLE_CLIENTS = 10_000
const IDLE_BOARDS = 1_000
const BOARDS = 10_000
const SHAPES = 10_000
const JOINERS = 100

/** Connections that are opened at a time. */
const AT_ONCE = 50

/** ms that a board stays in memory without people, here. */
const EVICT_AFTER = 200

/** ms. Memory is looked at until it has not shrunk for so long. */
const CALM = 3_000

/** What many clients who do nothing cost the relay, boards that were opened and left, and a large board that everybody opens at once. */
export default async function relayBench(): Promise<Figure[]> {
  return [...(await onRelay(idle)), ...(await onRelay(left)), ...(await onRelay(coldStart))]
}

async function onRelay(measure: (relay: Running) => Promise<Figure[]>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'driftboard-bench-'))
  const settings = { AUTH: 'open', IDLE_EVICT_MS: String(EVICT_AFTER) }
  const relay = await startDriftboard({
    dataDir,
    port: await freePort(),
    core: null,
    adapter: 'native',
    settings,
  })
  try {
    return await measure(relay)
  } finally {
    await relay.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function idle(relay: Running): Promise<Figure[]> {
  // What the first connections make the relay compile and allocate is not theirs.
  for (const socket of await openAll(relay, AT_ONCE, 1)) socket.close()
  const before = await calmMemory(relay)
  const sockets = await openAll(relay, IDLE_CLIENTS, IDLE_BOARDS)
  const during = await calmMemory(relay)
  for (const socket of sockets) socket.terminate()
  const value = round((during - before) / IDLE_CLIENTS / 1024)
  return [
    { name: `memory of one of ${IDLE_CLIENTS} idle clients on ${IDLE_BOARDS} boards`, value, unit: 'KiB' },
  ]
}

async function left(relay: Running): Promise<Figure[]> {
  await openAndLeave(relay, 'first', BOARDS)
  const first = await calmMemory(relay)
  await openAndLeave(relay, 'second', BOARDS)
  const second = await calmMemory(relay)
  const value = round((second - first) / BOARDS)
  return [
    {
      name: `memory of one of another ${BOARDS} boards that were opened, drawn on and left`,
      value,
      unit: 'bytes',
    },
  ]
}

async function coldStart(relay: Running): Promise<Figure[]> {
  const writer = await open(relay, 'large')
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let at = 0; at < SHAPES; at += 1) doc.getMap('shapes').set(`shape-${at}-abcdefghij`, shapeAt(at))
  })
  await acknowledged(writer, Y.encodeStateAsUpdate(doc))
  writer.close()
  await evicted(relay)
  const cold = await Promise.all(Array.from({ length: JOINERS }, () => visit(relay)))
  const warm = await Promise.all(Array.from({ length: JOINERS }, () => visit(relay)))
  const told = (name: string, visits: readonly Visit[]): Figure[] => [
    {
      name: `${name}: from the question to the first byte, median`,
      value: median(visits, 'toFirst'),
      unit: 'ms',
    },
    { name: `${name}: the same, slowest`, value: slowest(visits, 'toFirst'), unit: 'ms' },
    {
      name: `${name}: from connecting to the last byte, slowest`,
      value: slowest(visits, 'toLast'),
      unit: 'ms',
    },
  ]
  const name = `${JOINERS} joiners of ${SHAPES} shapes`
  return [...told(`${name}, not in memory`, cold), ...told(`${name}, in memory`, warm)]
}

interface Visit {
  /** ms from the client's question, or from connecting if the relay had to load first, to the first byte that follows. */
  readonly toFirst: number
  /** ms from connecting to the whole board. */
  readonly toLast: number
}

/** Asks for the board at once, as soon as it is connected, and counts from there. */
function visit(relay: Running): Promise<Visit> {
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(urlOf(relay, 'large'), [STATE_SUBPROTOCOL], { perMessageDeflate: false })
    let asked = 0
    let first = 0
    socket.once('error', reject)
    socket.once('upgrade', ({ socket: raw }) => {
      raw.on('data', () => {
        if (asked > 0 && first === 0) first = performance.now()
      })
    })
    socket.once('open', () => {
      socket.send(encodeFrame({ type: 'syncStep1', stateVector: Uint8Array.of(0) }))
      asked = performance.now()
    })
    socket.on('message', (data: Buffer) => {
      if (decodeFrame(data, data.length).type !== 'state') return
      resolve({ toFirst: first - asked, toLast: performance.now() - begun })
      socket.terminate()
    })
  })
}

async function openAndLeave(relay: Running, name: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += AT_ONCE) {
    const boards = Array.from(
      { length: Math.min(AT_ONCE, count - at) },
      (_, beside) => `${name}-${at + beside}`,
    )
    await Promise.all(
      boards.map(async board => {
        const socket = await open(relay, board)
        const doc = new Y.Doc()
        doc.getMap('shapes').set('shape-of-this-board', shapeAt(0))
        await acknowledged(socket, Y.encodeStateAsUpdate(doc))
        socket.close()
      }),
    )
  }
  await evicted(relay)
}

async function openAll(relay: Running, clients: number, boards: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  while (sockets.length < clients) {
    const more = Array.from({ length: Math.min(AT_ONCE, clients - sockets.length) }, (_, at) =>
      open(relay, `idle-${(sockets.length + at) % boards}`),
    )
    sockets.push(...(await Promise.all(more)))
  }
  return sockets
}

let opened = 0

/** A client that is in step with its board. */
function open(relay: Running, board: string): Promise<WebSocket> {
  opened += 1
  // From one address they would come too fast.
  const localAddress = `127.0.1.${1 + (opened % 250)}`
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(urlOf(relay, board), [SUBPROTOCOL], {
      perMessageDeflate: false,
      localAddress,
    })
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`Closed with ${code}: ${reason}`)))
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(new Uint8Array(data), Number.POSITIVE_INFINITY)
      if (frame.type === 'syncStep1') {
        socket.send(encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(new Y.Doc()) }))
        socket.send(encodeFrame({ type: 'syncStep1', stateVector: Uint8Array.of(0) }))
      } else if (frame.type === 'syncStep2') resolve(socket)
    })
  })
}

/** Resolves when an update, the second document frame of the socket, is on the relay's disk. */
function acknowledged(socket: WebSocket, update: Uint8Array): Promise<void> {
  socket.send(encodeFrame({ type: 'update', update }))
  return new Promise(resolve => {
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(new Uint8Array(data), Number.POSITIVE_INFINITY)
      if (frame.type === 'ack' && frame.frames >= 2) resolve()
    })
  })
}

/** Resolves when the relay has no board in memory. */
async function evicted({ port }: Running): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    if (/^driftboard_rooms 0$/m.test(text) && /^driftboard_unsnapshotted_boards 0$/m.test(text)) return
    await rest(EVICT_AFTER)
  }
}

/** Bytes of memory that the relay holds once that has stopped to shrink. */
async function calmMemory({ pid }: Running): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let calmSince = performance.now(); performance.now() - calmSince < CALM; await rest(EVICT_AFTER)) {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    if (pages * PAGE < least) calmSince = performance.now()
    least = Math.min(least, pages * PAGE)
  }
  return least
}

const PAGE = 4096

const urlOf = ({ port }: Running, board: string): string =>
  `ws://127.0.0.1:${port}/sync/${board.padEnd(22, '0')}`

function shapeAt(at: number): Y.Map<unknown> {
  const pos = [(at % 100) * 120, Math.floor(at / 100) * 90]
  return new Y.Map<unknown>([
    ...Object.entries({ type: 'rectangle', pos, size: [100, 70], z: 'a0', text: new Y.Text() }),
  ])
}

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const sortedBy = (visits: readonly Visit[], of: keyof Visit): number[] =>
  visits.map(visit => visit[of]).sort((a, b) => a - b)
const median = (visits: readonly Visit[], of: keyof Visit): number =>
  round(sortedBy(visits, of)[Math.floor(visits.length / 2)] ?? Number.NaN)
const slowest = (visits: readonly Visit[], of: keyof Visit): number =>
  round(sortedBy(visits, of).at(-1) ?? Number.NaN)
const round = (value: number): number => Math.round(value * 10) / 10
