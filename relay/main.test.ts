import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CLOSE } from '../shared/protocol/close.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'
import { until } from './testing/until.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

let folder: TemporaryFolder
let running: ChildProcess[]

beforeEach(async () => {
  folder = await temporaryFolder()
  running = []
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await folder.remove()
})

interface RelayProcess {
  child: ChildProcess
  output(): string
  errors(): string
  /** Resolves to the exit code; null when a signal ended it. */
  exited: Promise<number | null>
}

function run(environment: Record<string, string> = {}): RelayProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder.path, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exited = new Promise<number | null>(resolve => child.once('close', resolve))
  return { child, output: () => output, errors: () => errors, exited }
}

/** The port that the start-up line names. */
async function portOf(relay: RelayProcess): Promise<number> {
  const address = /http:\/\/localhost:(\d+)/
  await until(() => address.test(relay.output()) || relay.child.exitCode !== null)
  const [, port] = address.exec(relay.output()) ?? []
  if (!port) throw new Error(`The relay did not start:\n${relay.errors()}`)
  return Number(port)
}

test('kill -9 in the middle of drawing loses nothing that was acknowledged, and the board is served again', async () => {
  const board = newId(secureRandom)
  const relay = run()
  const writers = await Promise.all(
    [0, 1, 2].map(async () => DriftboardClient.join(`ws://127.0.0.1:${await portOf(relay)}/sync/${board}`)),
  )
  const greeted = writers.map(client => client.sent)
  let drawn = 0
  const draw = setInterval(() => {
    drawn += 1
    for (const { doc } of writers) doc.getMap('shapes').set(`${doc.clientID}/${drawn}`, drawn)
  }, 1)
  await until(() => writers.every((client, at) => client.acknowledged > (greeted[at] ?? 0) + 50))
  relay.child.kill('SIGKILL')
  await relay.exited
  clearInterval(draw)

  const again = run()
  const reader = await DriftboardClient.join(`ws://127.0.0.1:${await portOf(again)}/sync/${board}`)
  const shapes = reader.doc.getMap('shapes')
  writers.forEach((client, at) => {
    const kept = client.acknowledged - (greeted[at] ?? 0)
    const missing = Array.from({ length: kept }, (_, index) => `${client.doc.clientID}/${index + 1}`).filter(
      key => !shapes.has(key),
    )
    expect(missing).toEqual([])
  })
  reader.leave()
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s closes clients with 1001 and exits with 0', async signal => {
  const relay = run()
  const client = await DriftboardClient.join(
    `ws://127.0.0.1:${await portOf(relay)}/sync/${newId(secureRandom)}`,
  )
  relay.child.kill(signal)
  expect(await relay.exited).toBe(0)
  await until(() => client.closed !== null)
  expect(client.closed?.code).toBe(CLOSE.goingAway)
})

test('the start-up line is all that stdout has, and names the address, the adapter and the folder', async () => {
  const relay = run()
  const port = await portOf(relay)
  expect(relay.output()).toMatch(
    new RegExp(
      `^Driftboard is at http://localhost:${port} \\(on (uWebSockets\\.js|ws); boards are kept in .+\\)\\n$`,
    ),
  )
})

test('a port in use ends the relay with 1 and says which, and what to do', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = address && typeof address === 'object' ? String(address.port) : ''
  const relay = run({ PORT: port })
  expect(await relay.exited).toBe(1)
  expect(relay.errors()).toContain(`PORT: cannot listen on 127.0.0.1:${port}`)
  expect(relay.errors()).not.toContain('    at ')
  other.close()
})

test('a DATA_DIR that another relay uses ends the second relay with 1, and the first goes on', async () => {
  const first = run()
  const port = await portOf(first)
  const second = run()
  expect(await second.exited).toBe(1)
  expect(second.errors()).toContain('is in use by another relay')
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
})

test('a DATA_DIR that cannot be written ends the relay with 1 and says so', async () => {
  await writeFile(join(folder.path, 'file'), '')
  const relay = run({ DATA_DIR: join(folder.path, 'file') })
  expect(await relay.exited).toBe(1)
  expect(relay.errors()).toMatch(/DATA_DIR: .* cannot be written/)
})

test('a damaged log ends the relay with 1 and says what to do', async () => {
  await mkdir(join(folder.path, 'updates'))
  await writeFile(join(folder.path, 'updates/CURRENT'), 'MANIFEST-000001')
  const relay = run()
  expect(await relay.exited).toBe(1)
  expect(relay.errors()).toMatch(/DATA_DIR: the log in .* is damaged.*backup/)
})

test('wrong configuration ends the relay with 1 and lists every mistake', async () => {
  const relay = run({ PORT: 'x', AUTH: 'y' })
  expect(await relay.exited).toBe(1)
  expect(relay.errors()).toContain('PORT: "x" is not a port.')
  expect(relay.errors()).toContain('AUTH: "y" is not known.')
})
