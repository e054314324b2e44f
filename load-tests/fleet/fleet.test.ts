import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Plan } from '../plan.ts'
import { result } from '../result.testing.ts'
import { Fleet } from './fleet.ts'

/** ms. A process of the generator has to start, on a machine that may be busy. */
const LONG = 60_000

let server: Server
let relay: WebSocketServer
beforeEach(async () => {
  server = createServer()
  relay = new WebSocketServer({ server })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const socket of relay.clients) socket.terminate()
  await new Promise(resolve => server.close(resolve))
})

/** Boards are there for the first `people`; whoever comes after hears nothing. */
function serve(people: number): void {
  let come = 0
  relay.on('connection', socket => {
    come += 1
    if (come <= people) socket.send(encodeFrame({ type: 'syncStep2', update: Uint8Array.of(0, 0) }))
  })
}

function fleetOf(clients: number, silence: number): Fleet {
  const plan: Plan = {
    load: { ...result().load, clients, duration: 60 },
    ...{ edits: { move: 1 }, steps: [], joinsMeasured: false, hostile: 0, target: 'y-websocket' },
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ access: { by: 'nothing' }, run: 'load-fleet', processes: 1, spreads: false, compareFor: 100 },
  }
  return new Fleet({ plan, cores: null, onSecond: () => undefined, bounds: { silence, quit: 300 } })
}

test('a process that is stopped ends the run with words, and is killed', { timeout: LONG }, async () => {
  serve(99)
  const fleet = fleetOf(2, 3000)
  await fleet.prepare(null)
  const [pid] = fleet.pids
  process.kill(pid as number, 'SIGSTOP')
  await expect(fleet.failed).rejects.toThrow(
    'Process 1 of the generator has said nothing for 3 s: it hangs, or was stopped.',
  )
  await expect(fleet.settle(1000)).rejects.toThrow('has said nothing')
  await fleet.quit()
  expect(() => process.kill(pid as number, 0)).toThrow('ESRCH')
})

test('people who do not get in end a step as soon as it may be told', { timeout: LONG }, async () => {
  // The first looks after the board.
  serve(3)
  const fleet = fleetOf(5, LONG)
  await expect(fleet.prepare(1500)).rejects.toThrow(
    /^[2-5] people had not joined 1\.5 s after the last of them was to\.$/,
  )
  await fleet.quit()
})
