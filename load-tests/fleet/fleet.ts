import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { now } from '../clock.ts'
import type { Plan } from '../plan.ts'
import { TASKSET } from '../servers/taskset.ts'
import type { Compared } from '../worker/compare.ts'
import type { Order, Report, Settled } from '../worker/messages.ts'
import type { Second } from '../worker/tally.ts'

/** ms until all processes know when to start. */
const NOTICE = 300

export interface FleetParts {
  readonly plan: Plan
  /** Cores that the processes may use; null for all. */
  readonly cores: string | null
  /** Told what one process counted in a second, and how many of its people are there. */
  readonly onSecond: (process: number, second: Second, here: number) => void
}

/** A process of the generator ended, or could not begin: that says nothing about the server. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError'
}

/** The processes of the generator. */
export class Fleet {
  readonly #children: readonly ChildProcess[]
  readonly #parts: FleetParts
  #failure: Error | null = null
  /** Rejects as soon as a process fails. */
  readonly failed: Promise<never>
  #tellFailed: (error: Error) => void = () => undefined
  #onReport: (process: number, report: Report) => void = () => undefined
  #isQuitting = false

  constructor(parts: FleetParts) {
    this.#parts = parts
    this.failed = new Promise((_, reject) => {
      this.#tellFailed = reject
    })
    this.failed.catch(() => undefined)
    this.#children = Array.from({ length: parts.plan.processes }, (_, at) => this.#start(at))
  }

  /** Puts the first shapes on the boards, and seats the people. */
  async prepare(): Promise<void> {
    await this.#all(
      process => ({ type: 'prepare', plan: this.#parts.plan, process }),
      report => report.type === 'done',
    )
    await this.#all(
      () => ({ type: 'join' }),
      report => report.type === 'done',
    )
  }

  /** Resolves to when it begins, by `now`. */
  async go(): Promise<number> {
    const at = now() + NOTICE
    await this.#all(
      () => ({ type: 'go', at }),
      report => report.type === 'done',
    )
    return at
  }

  /** @param atMost ms */
  async settle(atMost: number): Promise<Settled[]> {
    const reports = await this.#all(
      () => ({ type: 'settle', atMost }),
      report => report.type === 'settled',
    )
    return reports.flatMap(report => (report.type === 'settled' ? [report.settled] : []))
  }

  async compare(): Promise<Compared[]> {
    const reports = await this.#all(
      () => ({ type: 'compare' }),
      report => report.type === 'compared',
    )
    return reports.flatMap(report => (report.type === 'compared' ? report.rooms : []))
  }

  async quit(): Promise<void> {
    this.#isQuitting = true
    const running = this.#children.filter(child => child.exitCode === null && child.signalCode === null)
    const gone = running.map(child => new Promise(resolve => child.once('exit', resolve)))
    for (const child of running) {
      if (child.connected) child.send({ type: 'quit' } satisfies Order)
      else child.kill()
    }
    await Promise.all(gone)
  }

  /** Rejects when a process fails. */
  #all(order: (process: number) => Order, isAnswer: (report: Report) => boolean): Promise<Report[]> {
    return new Promise((resolve, reject) => {
      const answers = new Map<number, Report>()
      const look = (): void => {
        if (this.#failure) reject(this.#failure)
        else if (answers.size === this.#children.length) resolve([...answers.values()])
      }
      this.#onReport = (process, report) => {
        if (isAnswer(report)) answers.set(process, report)
        look()
      }
      for (const [process, child] of this.#children.entries()) if (child.connected) child.send(order(process))
      look()
    })
  }

  #start(process: number): ChildProcess {
    const file = join(import.meta.dirname, '../worker/process.ts')
    const { cores } = this.#parts
    const child = fork(file, {
      execArgv: ['--import', 'tsx', '--max-old-space-size=4096'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      ...(cores === null ? {} : { execPath: TASKSET, execArgv: [...pinned(cores)] }),
    })
    child.on('message', (report: Report) => {
      if (report.type === 'second') this.#parts.onSecond(process, report.second, report.here)
      else if (report.type === 'failed') this.#fail(process, new Error(report.message))
      else this.#onReport(process, report)
    })
    child.on('error', error => this.#fail(process, new GeneratorError(error.message)))
    child.on('exit', (code, signal) => {
      const message = `A process of the generator ended with ${signal ?? code}.`
      if (!this.#isQuitting) this.#fail(process, new GeneratorError(message))
    })
    return child
  }

  #fail(process: number, error: Error): void {
    this.#failure ??= error
    this.#tellFailed(this.#failure)
    this.#onReport(process, { type: 'failed', message: error.message })
  }
}

/** What `taskset` needs before the file, to run Node on some cores only. */
const pinned = (cores: string): readonly string[] => [
  '-c',
  cores,
  process.execPath,
  '--import',
  'tsx',
  '--max-old-space-size=4096',
]
