import { hashOf, IMAGE } from '../../../relay/http/api.testing.ts'
import { type FakeClock, fakeClock } from '../../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { Cell } from '../../../shared/util/readable.ts'
import type { BoardFiles } from '../local-store.ts'
import { type AssetLink, BoardAssets } from './board-assets.ts'
import type { Fetched, RemoteAssets, Sent } from './relay-assets.ts'

export const picture = (fill = 0): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(IMAGE.length + 1)
  bytes.set(IMAGE)
  bytes[IMAGE.length] = fill
  return bytes
}

export const nameOf = (bytes: Uint8Array): string => hashOf(bytes)

/** A device whose disk can be full, or fail to be read. */
export class MemoryFiles implements BoardFiles {
  readonly held = new Map<string, Uint8Array<ArrayBuffer>>()
  isFull = false
  isUnreadable = false

  async put(name: string, bytes: Uint8Array): Promise<void> {
    if (this.isFull) throw new Error('This device is full.')
    this.held.set(name, new Uint8Array(bytes))
  }

  async get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    if (this.isUnreadable) throw new Error('The database is closed.')
    return this.held.get(name) ?? null
  }

  async delete(name: string): Promise<void> {
    this.held.delete(name)
  }

  async names(): Promise<readonly string[]> {
    return [...this.held.keys()]
  }
}

/** A relay that takes what it is sent, unless it is told to answer otherwise. */
export class MemoryRelay implements RemoteAssets {
  readonly held = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly puts: string[] = []
  gets = 0
  answer: Sent = { at: 'taken' }

  async get(hash: string): Promise<Fetched> {
    this.gets += 1
    const bytes = this.held.get(hash)
    return bytes ? { at: 'here', bytes } : { at: 'absent' }
  }

  async put(hash: string, _type: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sent> {
    this.puts.push(hash)
    if (this.answer.at === 'taken') this.held.set(hash, bytes)
    return this.answer
  }
}

export interface Bench {
  readonly assets: BoardAssets
  readonly files: MemoryFiles
  readonly relay: MemoryRelay
  readonly link: Cell<AssetLink>
  readonly clock: FakeClock
  readonly refusals: string[]
  readonly arrivals: string[]
}

export const ONLINE: AssetLink = { canRead: true, canWrite: true }
export const OFFLINE: AssetLink = { canRead: false, canWrite: false }

/** The assets of a board on a device with a relay; a part that is given is shared with another bench. */
export function assetsBench(
  given: Partial<Pick<Bench, 'files' | 'relay'>> & { link?: AssetLink } = {},
): Bench {
  const files = given.files ?? new MemoryFiles()
  const relay = given.relay ?? new MemoryRelay()
  const link = new Cell<AssetLink>(given.link ?? ONLINE)
  const clock = fakeClock()
  const refusals: string[] = []
  const arrivals: string[] = []
  const assets = new BoardAssets({
    ...{ files, link, clock },
    remote: relay,
    random: seededRandom(1),
    onRefused: reason => refusals.push(reason),
  })
  assets.onArrival(hash => arrivals.push(hash))
  return { assets, files, relay, link, clock, refusals, arrivals }
}

/** Promises that the platform keeps, such as of a digest, need the event loop, not only microtasks. */
export async function until(condition: () => boolean, { clock }: Pick<Bench, 'clock'>): Promise<void> {
  for (let round = 0; round < 10_000; round += 1) {
    await clock.settle()
    if (condition()) return
    await new Promise(resolve => setTimeout(resolve))
  }
  throw new Error('It never came to pass.')
}
