import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { now } from '../clock.ts'
import type { Plan } from '../plan.ts'
import { leftover } from '../servers/leftovers.ts'
import { TASKSET } from '../servers/taskset.ts'
import type { Compared } from '../worker/compare.ts'
import type { Order, Report, Settled } from '../worker/messages.ts'
import type { Second } from '../worker/tally.ts'

/** ms until all processes know when to start. */
const NOTICE = 300

/** ms that a process may take to say something for the first time: on a busy machine it has much to load. */
const START = 60_000

/** ms between two looks at whether the processes still say something. */
const LOOK = 1000

export interface Bounds {
  /** ms without a word from a process, which says one each second: its longest work, the comparison of one room, takes a few. */
  readonly silence: number
  /** ms for a process to end when it is told to. */
  readonly quit: number
}

const BOUNDS: Bounds = { silence: 60_000, quit: 5_000 }

export interface FleetParts {
  readonly plan: Plan
  /** Cores that the processes may use; null for all. */
  readonly cores: string | null
  /** Told what one process counted in a second, and how many of its people are there. */
  readonly onSecond: (process: number, second: Second, here: number) => void
  readonly bounds?: Bounds
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
  /** When each process last said something, by `now`, or at last must have; and how many of its people are there. */
  readonly #heard: number[]
  readonly #here: number[]
  readonly #bounds: Bounds
  readonly #looking: NodeJS.Timeout
  readonly #forget: () => void

  constructor(parts: FleetParts) {
    this.#parts = parts
    this.failed = new Promise((_, reject) => {
      this.#tellFailed = reject
    })
    this.failed.catch(() => undefined)
    this.#bounds = parts.bounds ?? BOUNDS
    this.#heard = Array.from({ length: parts.plan.processes }, () => now() + START)
    this.#here = this.#heard.map(() => 0)
    this.#children = this.#heard.map((_, at) => this.#start(at))
    this.#looking = setInterval(() => this.#look(), LOOK)
    // One that hangs would outlive this tool.
    this.#forget = leftover(() => {
      for (const child of this.#children) child.kill('SIGKILL')
    })
  }

  /** Of its processes. */
  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  }

  /**
   * Puts the first shapes on the boards, and seats the people.
   * @param joinPatience ms from when the last of them is to join; null: as long as the processes wait.
   */
  async prepare(joinPatience: number | null): Promise<void> {
    await this.#all(
      process => ({ type: 'prepare', plan: this.#parts.plan, process }),
      report => report.type === 'done',
    )
    const timer = joinPatience === null ? null : this.#failUnlessHere(joinPatience)
    try {
      await this.#all(
        () => ({ type: 'join' }),
        report => report.type === 'done',
      )
    } finally {
      if (timer) clearTimeout(timer)
    }
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
    // A process that hangs does not hear it.
    const timer = setTimeout(() => {
      for (const child of running) child.kill('SIGKILL')
    }, this.#bounds.quit)
    await Promise.all(gone)
    clearTimeout(timer)
    clearInterval(this.#looking)
    this.#forget()
  }

  #failUnlessHere(joinPatience: number): NodeJS.Timeout {
    const { joinOver, clients } = this.#parts.plan.load
    return setTimeout(
      () => {
        const absent = clients - this.#here.reduce((sum, here) => sum + here, 0)
        this.#fail(
          new Error(
            `${absent} people had not joined ${joinPatience / 1000} s after the last of them was to.`,
          ),
        )
      },
      joinOver * 1000 + joinPatience,
    )
  }

  /** Whether one has gone silent. Not, when this process itself stood still and has not yet heard what they said. */
  #look(): void {
    setImmediate(() => {
      for (const [process, heard] of this.#heard.entries()) {
        if (now() - heard > this.#bounds.silence)
          this.#fail(
            new GeneratorError(
              `Process ${process + 1} of the generator has said nothing for ${Math.round(this.#bounds.silence / 1000)} s: it hangs, or was stopped.`,
            ),
          )
      }
    })
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
      this.#heard[process] = now()
      if (report.type === 'alive') this.#here[process] = report.here
      else if (report.type === 'second') this.#parts.onSecond(process, report.second, report.here)
      else if (report.type === 'failed') this.#fail(new Error(report.message))
      else this.#onReport(process, report)
    })
    child.on('error', error => this.#fail(new GeneratorError(error.message)))
    child.on('exit', (code, signal) => {
      const message = `A process of the generator ended with ${signal ?? code}.`
      if (!this.#isQuitting) this.#fail(new GeneratorError(message))
    })
    return child
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#tellFailed(this.#failure)
    this.#onReport(0, { type: 'failed', message: error.message })
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
