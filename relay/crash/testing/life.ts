import { type ChildProcess, fork } from 'node:child_process'
import type { Fault } from './fault.ts'
import type { Order, Word } from './mortal-relay.ts'
import { waitFor } from './wait.ts'

interface Circumstances {
  readonly settings: Readonly<Record<string, string>>
  readonly fault: Fault | null
  /** ms that the wall clock is off. */
  readonly clockOff: number
}

type State =
  | { readonly at: 'starting' }
  | { readonly at: 'ready' }
  | { readonly at: 'listening'; readonly port: number }
  | { readonly at: 'failed'; readonly reason: string }
  | { readonly at: 'dead' }

/** One process of a relay, from its start to its death. */
export class Life {
  readonly #child: ChildProcess
  #state: State = { at: 'starting' }
  #log = ''
  /** When it was told to start, of `performance.now()`. */
  startedAt = 0

  /** A process that has loaded its code and waits to start. */
  static async prepare(file: string): Promise<Life> {
    const life = new Life(file)
    await waitFor('the process is ready', () => life.#state.at !== 'starting')
    return life
  }

  private constructor(file: string) {
    this.#child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#log += chunk.toString()
    })
    this.#child.on('message', (word: Word) => {
      if (this.#state.at !== 'dead') this.#state = word
    })
    this.#child.once('exit', () => {
      if (this.#state.at !== 'failed') this.#state = { at: 'dead' }
    })
    // A message to a process that dies this moment.
    this.#child.on('error', () => undefined)
  }

  /** Resolves when it listens, or has died on the way. Rejects with its reason when it refuses to start. */
  async start({ settings, fault, clockOff }: Circumstances): Promise<void> {
    this.startedAt = performance.now()
    this.#tell({ to: 'start', settings, fault, clockOff })
    await waitFor('the relay listens', () => this.#state.at !== 'ready')
    if (this.#state.at === 'failed') throw new Error(this.#state.reason)
  }

  get isListening(): boolean {
    return this.#state.at === 'listening'
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What it has logged so far. */
  get log(): string {
    return this.#log
  }

  url(scheme: 'ws' | 'http', path: string): string {
    if (this.#state.at !== 'listening') throw new Error(`The relay does not listen; it is ${this.#state.at}.`)
    return `${scheme}://127.0.0.1:${this.#state.port}${path}`
  }

  setClock(clockOff: number): void {
    this.#tell({ to: 'set the clock', clockOff })
  }

  /** `kill -9` from outside, if it still lives. Resolves when it does not. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await waitFor('the relay is dead', () => !this.isAlive)
  }

  /** Rejects when it does not die, or otherwise than by `kill -9`: of a mistake of its own. */
  async death(cause: string): Promise<void> {
    await waitFor(`the relay dies of ${cause}`, () => !this.isAlive)
    if (this.#child.signalCode !== 'SIGKILL') throw new Error(`The relay ended by itself:\n${this.#log}`)
  }

  #tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order)
  }
}
