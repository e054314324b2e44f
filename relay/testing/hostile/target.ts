import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CloseCode } from '../../../shared/protocol/close.ts'
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts'
import type { Question, Word } from './serve.ts'

/** A relay in a process of its own, as an operator runs it, to be attacked. */
export class Target {
  readonly #child: ChildProcess
  readonly #folder: TemporaryFolder
  readonly port: number

  static async start(adapter: string, settings: Record<string, string> = {}): Promise<Target> {
    const folder = await temporaryFolder()
    const child = fork(join(import.meta.dirname, 'serve.ts'), [adapter], {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      env: { ...process.env, PORT: '0', DATA_DIR: folder.path, CLIENT_DIR: folder.path, ...settings },
    })
    try {
      const word = await hear(child)
      if (!('port' in word)) throw new Error('The relay spoke of something else than its port.')
      return new Target(child, folder, word.port)
    } catch (error) {
      await folder.remove()
      throw error
    }
  }

  private constructor(child: ChildProcess, folder: TemporaryFolder, port: number) {
    this.#child = child
    this.#folder = folder
    this.port = port
  }

  url(path: string): string {
    return `ws://127.0.0.1:${this.port}${path}`
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`, init)
  }

  /** Bytes that its objects and buffers take, once the garbage is collected. */
  async memoryBytes(): Promise<number> {
    const question: Question = 'memory'
    this.#child.send(question)
    const word = await hear(this.#child)
    if (!('memoryBytes' in word)) throw new Error('The relay spoke of something else than its memory.')
    return word.memoryBytes
  }

  /** How many clients it says that it has closed with this code. */
  async closedWith(code: CloseCode): Promise<number> {
    const metrics = await (await this.fetch('/metrics')).text()
    const series = new RegExp(`^driftboard_closes_total\\{code="${code}"[^}]*\\} (\\d+)$`, 'm')
    const count = series.exec(metrics)?.[1]
    if (count === undefined) throw new Error(`The relay counts no clients closed with ${code}.`)
    return Number(count)
  }

  /** Files and sockets that it has open, as the kernel counts them. */
  get openFiles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async stop(): Promise<void> {
    if (this.isRunning) {
      this.#child.kill('SIGKILL')
      await once(this.#child, 'exit')
    }
    await this.#folder.remove()
  }
}

/** The next word of the process; rejects when it ends instead. */
function hear(child: ChildProcess): Promise<Word> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`The relay ended with ${code}.`))
    child.once('exit', ended)
    child.once('message', word => {
      child.off('exit', ended)
      resolve(word as Word)
    })
  })
}
