import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RELAY = new URL('../../dist/relay/main.js', import.meta.url).pathname

/**
 * The built relay as a process of its own, with its own data directory, so that a test can kill it as a power cut
 * would and start it again at the same port.
 */
export class RelayProcess {
  #child: ChildProcess | undefined
  #port = 0
  #log = ''
  readonly #dataDir: string
  readonly #env: Readonly<Record<string, string>>

  private constructor(dataDir: string, env: Readonly<Record<string, string>>) {
    this.#dataDir = dataDir
    this.#env = env
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<RelayProcess> {
    const relay = new RelayProcess(await mkdtemp(join(tmpdir(), 'driftboard-e2e-')), env)
    await relay.start()
    return relay
  }

  get port(): number {
    return this.#port
  }

  /** What the relay printed so far, for a failure's message. */
  get log(): string {
    return this.#log
  }

  /** Starts the process and waits until it has printed its address. */
  async start(): Promise<void> {
    // Chosen here, not by PORT=0: uWebSockets.js lets a port be taken over after a crash only when it was asked for.
    if (this.#port === 0) this.#port = await freePort()
    const child = spawn(process.execPath, [RELAY], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        DATA_DIR: this.#dataDir,
        LOG_LEVEL: 'info',
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      let printed = ''
      const read = (chunk: Buffer) => {
        printed += chunk.toString()
        this.#log += chunk.toString()
        if (printed.includes(`http://localhost:${this.#port}`)) resolve()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', code => reject(new Error(`The relay ended with ${code}:\n${printed}`)))
    })
  }

  /** Ends it without a chance to flush, as a crash of the machine's power would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to flush and go; resolves with its exit code. */
  async stop(): Promise<number | null> {
    return await this.#end('SIGTERM')
  }

  async dispose(): Promise<void> {
    await this.#end('SIGKILL')
    await rm(this.#dataDir, { recursive: true, force: true })
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return null
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    child.kill(signal)
    return await ended
  }
}

/**
 * One that is free, and stays so while the relay is down: below those that systems hand out for connections, of which browsers open
 * many meanwhile.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise(resolve => server.close(resolve))
    return port
  }
}
