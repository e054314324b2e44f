import * as Y from 'yjs'
import { CREDENTIAL_PREFIX, encodeFrame, SUBPROTOCOL } from '../../../shared/protocol/frame.ts'
import { type BoardKey, deriveKey, newOwnerKey } from '../../../shared/protocol/keys.ts'
import type { Role } from '../../../shared/protocol/role.ts'
import { newId } from '../../../shared/util/ids.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import { DriftboardClient } from '../driftboard-client.ts'
import { until } from '../until.ts'
import type { Target } from './target.ts'

/** Two people who draw on a board of their own while it is attacked. */
export class Party {
  readonly board = newId(secureRandom)
  readonly owner: BoardKey = newOwnerKey(secureRandom)
  readonly people: DriftboardClient[] = []
  readonly #target: Target

  /** The owner and an editor, both synced. */
  static async meet(target: Target): Promise<Party> {
    const party = new Party(target)
    await party.join('owner')
    await party.join('editor')
    return party
  }

  private constructor(target: Target) {
    this.#target = target
  }

  get syncUrl(): string {
    return this.#target.url(`/sync/${this.board}`)
  }

  get signalUrl(): string {
    return this.#target.url(`/signal/${this.board}`)
  }

  key(role: Role, epoch = 0): string {
    return deriveKey(this.owner, this.board, role, epoch).text
  }

  async join(role: Role, epoch = 0): Promise<DriftboardClient> {
    const offers = [SUBPROTOCOL, CREDENTIAL_PREFIX + this.key(role, epoch)]
    const person = await DriftboardClient.join(this.syncUrl, offers)
    this.people.push(person)
    return person
  }

  /** Resolves when everybody has seen a new shape of everybody. */
  async drawsOn(): Promise<void> {
    const drawn = this.people.map(({ doc }) => draw(doc))
    const seen = (): boolean =>
      this.people.every(({ doc }) => drawn.every(id => doc.getMap('shapes').has(id)))
    await until(() => seen() || this.people.some(person => person.closed !== null))
    const closed = this.people.find(person => person.closed !== null)?.closed
    if (closed) throw new Error(`Somebody innocent was closed with ${closed.code}: ${closed.reason}`)
  }

  /** Whether anybody has a shape of this id. */
  hasShape(id: string): boolean {
    return this.people.some(({ doc }) => doc.getMap('shapes').has(id))
  }

  async replaceLinks(): Promise<number> {
    const response = await this.#target.fetch(`/api/boards/${this.board}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.owner.text}` },
    })
    if (!response.ok)
      throw new Error(`The links were not replaced: ${response.status} ${await response.text()}`)
    const { epoch } = (await response.json()) as { epoch: number }
    return epoch
  }

  leave(): void {
    for (const person of this.people.splice(0)) person.leave()
  }
}

/** Adds a shape that the schema allows; returns its id. */
export function draw(doc: Y.Doc, props: Record<string, unknown> = {}): string {
  const id = newId(secureRandom)
  const shape = { type: 'rectangle', pos: [0, 0], size: [10, 10], z: 'a0', ...props }
  doc.getMap('shapes').set(id, new Y.Map(Object.entries(shape)))
  return id
}

/** The frame with which somebody draws a shape, and the id of it. */
export function drawing(props: Record<string, unknown> = {}): { id: string; frame: Uint8Array } {
  const doc = new Y.Doc()
  const id = draw(doc, props)
  return { id, frame: encodeFrame({ type: 'update', update: Y.encodeStateAsUpdate(doc) }) }
}
