import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { vi } from 'vitest'
import { until } from '../../../relay/testing/until.ts'

export const ROOT = join(import.meta.dirname, '../../..')

export interface Finished {
  readonly code: number | null
  /** stdout and stderr, as they came. */
  readonly output: string
}

/** Debian keeps servers where only root looks for programs. */
const withSbin = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...environment,
  PATH: `${environment.PATH}:/usr/sbin:/sbin`,
})

/** Runs a program to its end. */
export async function finish(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Finished> {
  const child = new Child(command, args, options)
  const code = await child.exited
  return { code, output: child.output }
}

/** A program that runs until it is stopped. */
export class Child {
  readonly process: ChildProcess
  /** Resolves to the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>
  output = ''

  constructor(
    command: string,
    args: readonly string[],
    { env = process.env, ...options }: SpawnOptions = {},
  ) {
    this.process = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
      env: withSbin(env),
    })
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString()
    }
    this.process.stdout?.on('data', collect)
    this.process.stderr?.on('data', collect)
    this.exited = new Promise((resolve, reject) => {
      this.process.once('error', reject)
      this.process.once('close', resolve)
    })
  }

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  /** Waits for a line in the output, or throws with all of it when the program ends without. */
  async says(line: RegExp): Promise<RegExpExecArray> {
    await until(() => line.test(this.output) || this.ended)
    const found = line.exec(this.output)
    if (!found) throw new Error(`${this.process.spawnfile} ended without ${line}:\n${this.output}`)
    return found
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal)
    return this.exited
  }
}

/** Waits until something holds that takes a question to find out. */
export const eventually = (condition: () => Promise<boolean>): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: 20_000, interval: 50 })

/** Ports that the system gives to nobody by itself, as it does from 32768 on. */
const PORTS = [20_000, 30_000] as const

/** A port that nothing listens on just now. */
export async function freePort(): Promise<number> {
  const port = randomInt(...PORTS)
  const probe = createServer()
  const isFree = await new Promise<boolean>(resolve => {
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
  })
  if (!isFree) return freePort()
  await new Promise(resolve => probe.close(resolve))
  return port
}

/** The relay as it was built. */
export async function startRelay(environment: Record<string, string>): Promise<Child & { port: number }> {
  const relay = new Child(process.execPath, ['--enable-source-maps', 'dist/relay/main.js'], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...environment },
  })
  const [, port] = await relay.says(/https?:\/\/localhost:(\d+)/)
  return Object.assign(relay, { port: Number(port) })
}

/** A file of infra/. */
export const infraFile = (path: string): string => readFileSync(join(ROOT, 'infra', path), 'utf8')

/** A text with each of some passages replaced. Throws when one is not in it: then the file has changed. */
export function replaced(text: string, passages: Readonly<Record<string, string>>): string {
  return Object.entries(passages).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`There is no ${JSON.stringify(from)} to replace.`)
    return changed.replaceAll(from, to)
  }, text)
}
