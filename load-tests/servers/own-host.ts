import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Disaster } from '../plan.ts'
import { startDriftboard } from './driftboard.ts'
import { freePort } from './free-port.ts'
import type { Host } from './host.ts'
import { type Peer, startPeer } from './peers.ts'
import type { Running } from './server.ts'
import { smallDisk } from './small-disk.ts'
import { type StubS3, startStubS3 } from './stub-s3.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'

/** Bytes of a disk that is filled up in a run, and of what fills it. */
const DISK = 96 * 1024 * 1024
const FILLER = 92 * 1024 * 1024

export interface OwnParts {
  readonly adapter: 'native' | 'ws'
  readonly core: number | null
  /** What the steps of the scenario are going to do to it. */
  readonly disasters: readonly Disaster[]
  readonly settings: Readonly<Record<string, string>>
}

/** Our relay, in a process and on a folder of its own that are gone afterwards. */
export async function ownHost(parts: OwnParts): Promise<Host> {
  const disk = parts.disasters.includes('disk full') ? await smallDisk(DISK) : null
  const folder = disk ?? temporaryFolder()
  const s3 = parts.disasters.includes('s3 down') ? await startStubS3() : null
  const host = new OwnHost(parts, await freePort(), folder, disk !== null, s3)
  try {
    await host.strike('start')
  } catch (error) {
    await host.stop()
    throw error
  }
  return host
}

export async function peerHost(peer: Peer, core: number | null): Promise<Host> {
  const running = await startPeer(peer, core)
  return {
    url: `ws://127.0.0.1:${running.port}`,
    description: PEER_NAMES[peer],
    pid: running.pid,
    metrics: null,
    strike: disaster => Promise.reject(new Error(`Only our own relay is struck by "${disaster}".`)),
    stop: () => running.stop(),
  }
}

const PEER_NAMES: Readonly<Record<Peer, string>> = {
  'y-websocket': '@y/websocket-server',
  hocuspocus: '@hocuspocus/server',
  bare: 'bare uWebSockets.js',
}

class OwnHost implements Host {
  readonly description: string
  readonly #parts: OwnParts
  readonly #folder: TemporaryFolder
  /** Whether the folder is a disk of its own. */
  readonly #isDisk: boolean
  readonly #s3: StubS3 | null
  #running: Running | null = null
  readonly #port: number

  constructor(parts: OwnParts, port: number, folder: TemporaryFolder, isDisk: boolean, s3: StubS3 | null) {
    this.#parts = parts
    this.#port = port
    this.#folder = folder
    this.#isDisk = isDisk
    this.#s3 = s3
    const isSpared = parts.disasters.includes('disk full') && !isDisk
    const note = isSpared ? ', its disk not filled since this user may mount none' : ''
    this.description = `Driftboard (${parts.adapter === 'ws' ? 'ws' : 'uWebSockets.js'}${note})`
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  get metrics(): string {
    return `http://127.0.0.1:${this.#port}/metrics`
  }

  get pid(): number | null {
    return this.#running?.pid ?? null
  }

  async strike(disaster: Disaster): Promise<void> {
    switch (disaster) {
      case 'kill':
        await this.#running?.kill()
        this.#running = null
        return
      case 'start':
        return this.#start()
      case 'disk full':
        return this.#fill()
      case 'disk free':
        return rm(this.#filler, { force: true })
      case 's3 down':
        return this.#s3?.cut()
      case 's3 up':
        return this.#s3?.mend()
    }
  }

  async stop(): Promise<void> {
    await this.#running?.stop()
    await this.#s3?.stop()
    await this.#folder.remove()
  }

  get #filler(): string {
    return join(this.#folder.path, 'filler')
  }

  async #start(): Promise<void> {
    const { adapter, core, settings } = this.#parts
    const s3 = this.#s3?.settings ?? {}
    const dataDir = join(this.#folder.path, 'data')
    this.#running = await startDriftboard({
      ...{ dataDir, adapter, core },
      port: this.#port,
      settings: { ...s3, ...settings },
    })
  }

  /** As much as goes in: what is left is less than one file of the log. */
  async #fill(): Promise<void> {
    if (!this.#isDisk) return
    for (let bytes = FILLER; bytes >= 1024; bytes = Math.floor(bytes / 2)) {
      await writeFile(this.#filler, Buffer.alloc(bytes), { flag: 'a' }).catch(() => undefined)
    }
  }
}
