import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'
import type { Load, Plan } from '../plan.ts'
import { seatOf } from '../seats.ts'
import { driftboard } from '../targets/driftboard.ts'
import { timelineOf } from '../timeline.ts'
import { Client } from './client.ts'
import { Feed } from './feed.ts'
import { Tally } from './tally.ts'

const load: Load = {
  ...{ clients: 1, rooms: 1, rate: 10, presence: 0, duration: 1, joinOver: 0 },
  ...{ viewers: 0, shapes: 0, seed: 1, warmUp: 0 },
}
const plan = { load, processes: 1, edits: { move: 1 }, steps: [] } satisfies Partial<Plan>

let server: WebSocketServer
let client: Client
let visits: number
let doc: Y.Doc

/** A relay that takes everything and calls it safe. */
function serve(socket: WebSocket): void {
  visits += 1
  let frames = 0
  const stateVector = Y.encodeStateVector(doc)
  socket.send(encodeFrame({ type: 'syncStep1', stateVector }))
  socket.on('message', (message: Buffer) => {
    const frame = decodeFrame(new Uint8Array(message), Number.MAX_SAFE_INTEGER)
    if (frame.type === 'syncStep1')
      socket.send(encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) }))
    if (frame.type !== 'update' && frame.type !== 'syncStep2') return
    Y.applyUpdate(doc, frame.update)
    frames += 1
    socket.send(encodeFrame({ type: 'ack', frames, stateVector: Y.encodeStateVector(doc) }))
  })
}

beforeEach(async () => {
  visits = 0
  doc = new Y.Doc()
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false })
  server.on('connection', serve)
  await new Promise(resolve => server.once('listening', resolve))
  const timelines = [timelineOf(plan, 0)]
  client = new Client({
    ...{ seat: seatOf(plan, 0), target: driftboard, board: 'board', credential: null, spreads: false },
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ timelines, feed: new Feed(plan, driftboard, timelines), tally: new Tally(), elapsed: () => 0, load },
  })
  client.join()
  await expect.poll(() => client.isHere && doc.store.clients.size > 0).toBe(true)
  for (let edit = 0; edit < 5; edit += 1) client.edit()
  await expect.poll(() => client.safe).toBe(5)
})

afterEach(() => {
  client.leave()
  server.close()
})

async function comeBack(): Promise<void> {
  for (const socket of server.clients) socket.terminate()
  await expect.poll(() => visits === 2 && client.isHere).toBe(true)
}

test('who comes back to a relay that has it all finds nothing forgotten', async () => {
  await comeBack()
  expect(client.forgotten).toBe(0)
})

test('who comes back to a relay that forgot what it had called safe tells of it', async () => {
  doc = new Y.Doc()
  await comeBack()
  expect(client.forgotten).toBe(5)
  // It is brought again, so that the documents do not show it.
  await expect.poll(() => doc.getMap('shapes').size).toBe(1)
})
