import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { killNow } from './kill.ts'
import { leftover } from './leftovers.ts'
import { TASKSET } from './taskset.ts'

/** ms for a server to say where it is, and to stop. */
const START_PATIENCE = 60_000
const STOP_PATIENCE = 10_000

/** Characters of what a server reported that are kept for an error. */
const KEPT_REPORT = 2000

/** Where a server says that it listens. */
const PORT = /(?:localhost|127\.0\.0\.1|port)[: ](\d+)/

export interface ServerCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Core to run on alone; null for any. */
  readonly core: number | null
}

/** A server that this tool started. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** As `kill -9`. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server and waits until it says on which port it listens. Rejects with what it reported otherwise. */
export async function startServer({ command, args, env, cwd, core }: ServerCommand): Promise<Running> {
  const [file, ...rest] = core === null ? [command, ...args] : [TASKSET, '-c', String(core), command, ...args]
  const child = spawn(file as string, rest, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let report = ''
  child.stderr?.on('data', (data: Buffer) => {
    report = `${report}${data}`.slice(-KEPT_REPORT)
  })
  child.once(
    'exit',
    leftover(() => killNow(child)),
  )
  const port = await portOf(child, () => report)
  return {
    pid: child.pid as number,
    port,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  }
}

function portOf(child: ChildProcess, report: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`The server ${why}.\n${report()}`))
    }
    const timer = setTimeout(() => fail('did not start in a minute'), START_PATIENCE)
    child.once('error', error => fail(`cannot be started: ${error.message}`))
    const ended = (code: number | null): void => {
      clearTimeout(timer)
      fail(`ended with ${code}`)
    }
    child.once('exit', ended)
    if (!child.stdout) return fail('has no output')
    createInterface({ input: child.stdout }).on('line', line => {
      const port = PORT.exec(line)?.[1]
      if (!port) return
      clearTimeout(timer)
      child.removeListener('exit', ended)
      resolve(Number(port))
    })
  })
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE)
  await gone
  clearTimeout(timer)
}
