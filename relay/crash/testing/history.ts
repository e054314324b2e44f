import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Y from 'yjs'
import { CREDENTIAL_PREFIX, SUBPROTOCOL } from '../../../shared/protocol/frame.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../../../shared/protocol/keys.ts'
import type { Role } from '../../../shared/protocol/role.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { newId } from '../../../shared/util/ids.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'
import type { Editing } from './edits.ts'
import type { Fault } from './fault.ts'
import { Ledger } from './ledger.ts'
import { Life } from './life.ts'
import type { Point } from './points.ts'
import { readBoard, unreadable } from './reader.ts'
import { checkAtRest } from './rest.ts'
import { waitFor } from './wait.ts'
import { Writer } from './writer.ts'

/** Edits of one writer that no relay lives to see the end of, and after which one rests. */
const ENDLESS = 100_000
const UNTIL_REST = 60

/** Edits of one writer in a life that nothing ends before they are acknowledged. */
const LAST_EDITS = 25

/** ms after which a relay is killed from outside, at most. */
const KILL_WITHIN = 400

/** Turns of the event loop in which an operation that has begun is met at different stages. */
const TURNS = 6

/** Who draws. Their keys differ, and so do their devices. */
const WRITERS: readonly Role[] = ['owner', 'editor']

/** A relay that snapshots all the time, or hardly ever. Nobody is too fast for it. */
const SETTINGS = {
  snapshots: { SNAPSHOT_AFTER_MS: '20', SNAPSHOT_MAX_MS: '60' },
  log: { SNAPSHOT_AFTER_MS: '60000', SNAPSHOT_MAX_MS: '60000' },
} as const

const UNLIMITED = { MAX_MESSAGES_PER_SECOND: '1000000', MAX_BYTES_PER_SECOND: '1000000000' }

export interface HistoryParts {
  readonly seed: number
  /** Of the built relay. */
  readonly file: string
  /** Its DATA_DIR. */
  readonly folder: string
  /** Settings beside those that a history makes, such as those of an S3 server. */
  readonly settings?: Readonly<Record<string, string>>
}

interface Beginning {
  readonly under: Point['under']
  readonly fault?: Fault | null
  /** ms that the wall clock is off. */
  readonly clockOff?: number
}

/** What happens while people draw. */
type During = (life: Life, writers: readonly Writer[]) => Promise<void>

export const untilSnapshotted: During = (_life, writers) =>
  waitFor('a snapshot has it', () => writers.every(writer => writer.isDone && writer.isSnapshotted))

/** A relay has lost what it had acknowledged. */
export class Loss extends Error {
  override readonly name = 'Loss'
  readonly updates: number

  constructor(updates: number, clients: number) {
    super(`Lost: ${updates} acknowledged updates, and writing of ${clients} clients.`)
    this.updates = updates
  }
}

/**
 * One board, the people who draw on it, and what a relay promised them, over several lives of that relay. After each death
 * somebody who has nothing of the board reads it, before those who have it come back and could mend it.
 */
export class History {
  readonly ledger = new Ledger()
  /** ms from the start of a relay to its having told a new reader the whole board. */
  readonly recoveries: number[] = []
  readonly #parts: HistoryParts
  readonly #random: Random
  readonly #board: string
  readonly #owner: BoardKey
  /** What the devices of the writers have. */
  readonly #devices: (Uint8Array | null)[] = WRITERS.map(() => null)

  constructor(parts: HistoryParts) {
    this.#parts = parts
    this.#random = seededRandom(parts.seed)
    this.#board = newId(this.#random)
    this.#owner = newOwnerKey(this.#random)
  }

  /** A life that ends at a point. Rejects when something promised is lost, or the relay never gets there. */
  async dieAt(point: Point): Promise<void> {
    if (point.losesLog) {
      if (!this.ledger.hasSnapshot) await this.drawInPeace(untilSnapshotted)
      await this.loseLog()
    }
    const life = await this.begin({ ...point, fault: this.#faultAt(point) })
    try {
      if (!life.isListening) return await life.death(point.name)
      if (point.operation === null) setTimeout(() => void life.kill(), KILL_WITHIN * this.#random.next())
      if (!(await this.#hasAll(life))) return
      const editing = point.under === 'log' ? 'large' : 'small'
      const writers = await this.join(life, editing, point.rests ? UNTIL_REST : ENDLESS)
      await life.death(point.name)
      this.leave(writers)
    } finally {
      await life.kill()
    }
  }

  /** A life in which everything that is drawn is acknowledged, which ends as soon as it is. */
  async drawInPeace(during: During = async () => undefined, clockOff = 0): Promise<void> {
    const life = await this.begin({ under: 'snapshots', clockOff })
    try {
      if (!(await this.#hasAll(life))) throw new Error(`The relay died of nothing:\n${life.log}`)
      const writers = await this.join(life, 'small', LAST_EDITS)
      await during(life, writers)
      await waitFor('everything is acknowledged', () => writers.every(writer => writer.isDone))
      this.leave(writers)
    } finally {
      await life.kill()
    }
  }

  /** What is stored, read without a relay: rejects unless it is whole and holds all that was promised. */
  async checkAtRest(): Promise<void> {
    this.#check(await checkAtRest(this.#settingsOf('log'), this.#board))
  }

  /** A relay that was told to start, and listens, or has died of its fault. Rejects with its reason when it refuses. */
  async begin({ under, fault = null, clockOff = 0 }: Beginning): Promise<Life> {
    const life = await Life.prepare(this.#parts.file)
    try {
      await life.start({ settings: this.#settingsOf(under), fault, clockOff })
      return life
    } catch (error) {
      await life.kill()
      throw error
    }
  }

  /** Lets a viewer read the board. Rejects when something promised is not in it, or the relay does not let them. */
  async read(life: Life): Promise<void> {
    if (!(await this.#hasAll(life))) throw new Error(`The relay died:\n${life.log}`)
  }

  /** What the API gives the owner. Rejects when it refuses. */
  async ask(life: Life, path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#owner.text}` }
    const response = await fetch(life.url('http', `/api/boards/${this.#board}${path}`), { headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }

  /** Returns false when the relay died. */
  async #hasAll(life: Life): Promise<boolean> {
    if (!this.ledger.isClaimed) return true
    const doc = await readBoard(life, `/sync/${this.#board}`, this.#protocols('viewer'))
    if (!doc) return false
    this.recoveries.push(performance.now() - life.startedAt)
    this.#check(doc)
    return true
  }

  #check(doc: Y.Doc): void {
    const { updates, clients } = this.ledger.shortfall(doc)
    if (updates > 0 || clients > 0) throw new Loss(updates, clients)
    const problems = unreadable(doc)
    if (problems.length > 0) throw new Error(`The board cannot be shown: ${problems.join(' ')}`)
    doc.destroy()
  }

  /** One after the other: until the owner was let in nobody else is. */
  async join(life: Life, editing: Editing, edits: number): Promise<Writer[]> {
    const writers: Writer[] = []
    for (const [at, role] of WRITERS.entries()) {
      if (!life.isAlive) break
      const writer = new Writer({
        url: life.url('ws', `/sync/${this.#board}`),
        protocols: this.#protocols(role),
        ledger: this.ledger,
        random: seededRandom(randomInt(this.#random, 2 ** 31)),
        earlier: this.#devices[at] ?? null,
        editing,
        edits,
      })
      writers.push(writer)
      const isOver = (): boolean => writer.closeCode !== null || !life.isAlive
      await waitFor(`the ${role} is let in`, () => writer.isSynced || isOver())
    }
    return writers
  }

  /** What they have stays on their devices. */
  leave(writers: readonly Writer[]): void {
    for (const [at, writer] of writers.entries()) {
      this.#devices[at] = writer.state
      writer.leave()
    }
  }

  /** The disk of the log is another one now. What is stored as objects is still there. */
  async loseLog(): Promise<void> {
    const { folder, settings } = this.#parts
    await rm(settings?.S3_BUCKET ? folder : join(folder, 'updates'), { recursive: true })
    this.ledger.diskLost()
  }

  #faultAt({ operation, step, occurrences }: Point): Fault | null {
    if (operation === null) return null
    const occurrence = 1 + randomInt(this.#random, occurrences)
    return { operation, step, occurrence, turns: randomInt(this.#random, TURNS) }
  }

  #settingsOf(under: Point['under']): Record<string, string> {
    return {
      PORT: '0',
      DATA_DIR: this.#parts.folder,
      // There is no app in it.
      CLIENT_DIR: import.meta.dirname,
      ...UNLIMITED,
      ...SETTINGS[under],
      ...this.#parts.settings,
    }
  }

  #protocols(role: Role): string[] {
    const key = deriveKey(this.#owner, this.#board, role, 0)
    return [SUBPROTOCOL, CREDENTIAL_PREFIX + key.text]
  }
}
