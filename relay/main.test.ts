import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CLOSE } from '../shared/protocol/close.ts'
import { newId } from '../shared/util/ids.ts'
import { secureRandom } from '../shared/util/random.ts'
import { DriftboardClient } from './testing/driftboard-client.ts'
import { draw } from './testing/hostile/party.ts'
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

/** @param log where its log goes instead of to `errors`. */
function run(environment: Record<string, string> = {}, args: string[] = [], log?: number): RelayProcess {
  const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder.path, AUTH: 'open', ...environment }
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', log ?? 'pipe'],
  })
  running.push(child)
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
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
  const shapesOf: string[][] = writers.map(() => [])
  const drawing = setInterval(() => {
    writers.forEach(({ doc }, at) => {
      shapesOf[at]?.push(draw(doc))
    })
  }, 1)
  await until(() => writers.every((client, at) => client.acknowledged > (greeted[at] ?? 0) + 50))
  relay.child.kill('SIGKILL')
  await relay.exited
  clearInterval(drawing)

  const again = run()
  const reader = await DriftboardClient.join(`ws://127.0.0.1:${await portOf(again)}/sync/${board}`)
  const shapes = reader.doc.getMap('shapes')
  writers.forEach((client, at) => {
    const kept = client.acknowledged - (greeted[at] ?? 0)
    expect(shapesOf[at]?.slice(0, kept).filter(id => !shapes.has(id))).toEqual([])
  })
  reader.leave()
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s closes clients with 1001 and exits with 0',
  async signal => {
    const relay = run()
    const client = await DriftboardClient.join(
      `ws://127.0.0.1:${await portOf(relay)}/sync/${newId(secureRandom)}`,
    )
    relay.child.kill(signal)
    expect(await relay.exited).toBe(0)
    await until(() => client.closed !== null)
    expect(client.closed?.code).toBe(CLOSE.goingAway)
  },
)

test.skipIf(!existsSync('/dev/full'))('a log that cannot be written ends no relay', async () => {
  const full = await open('/dev/full', 'w')
  const relay = run({}, [], full.fd)
  const port = await portOf(relay)
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
  relay.child.kill('SIGTERM')
  expect(await relay.exited).toBe(0)
  await full.close()
})

test.skipIf(process.platform === 'win32')(
  'nobody else on this machine can read what is kept, and a directory that lets them is told of',
  async () => {
    await chmod(folder.path, 0o755)
    const relay = run()
    const url = `ws://127.0.0.1:${await portOf(relay)}/sync/${newId(secureRandom)}`
    const client = await DriftboardClient.join(url)
    draw(client.doc)
    await until(() => client.acknowledged === client.sent)
    relay.child.kill('SIGTERM')
    await relay.exited
    const kept = await readdir(folder.path, { recursive: true })
    const modes = await Promise.all(
      kept.map(async name => (await stat(join(folder.path, name))).mode & 0o077),
    )
    expect(kept.filter(name => /updates|snapshots/.test(name)).length).toBeGreaterThan(4)
    expect(kept.filter((_, at) => modes[at] !== 0)).toEqual([])
    expect(relay.errors()).toContain('chmod 700')
  },
)

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
  const relay = run({ PORT: 'x', AUTH: 'y', METRICS_TOKEN: 'hush' })
  expect(await relay.exited).toBe(1)
  expect(relay.errors()).toContain('PORT: "x" is not a port.')
  expect(relay.errors()).toContain('AUTH: "y" is not known.')
  expect(relay.errors()).toContain('METRICS_TOKEN: what it is set to is shorter')
  expect(relay.errors()).not.toContain('hush')
})

test('a signal that npm passes on a second time is the same one', async () => {
  const relay = run()
  const client = await DriftboardClient.join(
    `ws://127.0.0.1:${await portOf(relay)}/sync/${newId(secureRandom)}`,
  )
  relay.child.kill('SIGINT')
  relay.child.kill('SIGINT')
  expect(await relay.exited).toBe(0)
  await until(() => client.closed !== null)
  expect(client.closed?.code).toBe(CLOSE.goingAway)
})

test.each<[string, number, 'output' | 'errors', string]>([
  ['--help', 0, 'output', 'METRICS_TOKEN'],
  ['--version', 0, 'output', '0.1.0'],
  ['sever', 2, 'errors', 'There is no command "sever".'],
  ['verify', 1, 'errors', 'holds no boards. Set it to the directory of a relay.'],
])('%s exits with %i and says what it has to', async (args, code, where, text) => {
  const relay = run({}, args.split(' '))
  expect(await relay.exited).toBe(code)
  expect(relay[where]()).toContain(text)
  expect(relay.errors()).not.toContain('    at ')
})

test('a relay that runs keeps verify away, which says so; when it has stopped, verify finds its way in', async () => {
  const relay = run()
  await portOf(relay)
  const early = run({}, ['verify'])
  expect(await early.exited).toBe(1)
  expect(early.errors()).toContain('is in use by another relay')
  relay.child.kill('SIGTERM')
  await relay.exited
  const late = run({}, ['verify'])
  expect(await late.exited).toBe(0)
  expect(late.output()).toContain('Nothing is kept here.')
})
