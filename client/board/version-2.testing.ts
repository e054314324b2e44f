import { sha256 } from '@noble/hashes/sha2.js'
import * as Y from 'yjs'
import { packPoints } from '../../shared/geometry/packed-points.ts'
import { v1ToV2 } from '../../shared/schema/migrations/v1_to_v2.ts'
import { setKey } from './set-key.ts'
import { UPGRADE_IDS } from './upgrade-ids.ts'

/** How version 2 upgraded boards and wrote arrows, kept as it was: it may be open beside any later version. */
export class Version2 {
  readonly #doc: Y.Doc
  readonly #shapes: Y.Map<Y.Map<unknown>>
  readonly #meta: Y.Map<unknown>

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#shapes = doc.getMap('shapes')
    this.#meta = doc.getMap('meta')
  }

  /** It leaves alone what a later version wrote. */
  get isReadOnly(): boolean {
    return Number(this.#meta.get('schema') ?? 0) > 2
  }

  create(id: string, z: string, points: readonly number[]): void {
    this.#write(() => {
      const keys = { type: 'arrow', pos: [0, 0], z, points: packPoints(points) }
      this.#shapes.set(id, new Y.Map<unknown>(Object.entries(keys)))
    })
  }

  reshape(id: string, points: readonly number[]): void {
    this.#write(() => {
      const map = this.#shapes.get(id)
      if (map) setKey(map, 'points', packPoints(points))
    })
  }

  upgrade(): void {
    if (this.isReadOnly || (this.#shapes.size === 0 && this.#meta.size === 0)) return
    const old = [...this.#shapes.entries()]
      .map(([id, map]) => ({ id, map, points: v1ToV2.shape(new Map(map.entries())).get('points') }))
      .filter(({ points }) => points !== undefined)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const changes = v1ToV2.meta(new Map(this.#meta.entries()))
    if (old.length === 0 && changes.size === 0) return
    const id = this.#upgradeId()
    this.#doc.transact(() => {
      const own = this.#doc.clientID
      this.#doc.clientID = id
      for (const { map, points } of old) map.set('points', points)
      for (const [key, value] of changes) this.#meta.set(key, value)
      this.#doc.clientID = own
    })
  }

  /** It named no version. */
  #upgradeId(): number {
    const state = Y.snapshot(this.#doc)
    const [high = 0, middle = 0, low = 0] = sha256(Y.encodeSnapshot(state))
    let id = (high << 16) | (middle << 8) | low
    while (state.sv.has(id)) id = (id + 1) % UPGRADE_IDS
    return id
  }

  #write(change: () => void): void {
    if (this.isReadOnly) return
    if (this.#meta.get('schema') === 1) this.upgrade()
    this.#doc.transact(() => {
      if (!this.#meta.has('schema')) {
        this.#meta.set('schema', 2)
        this.#meta.set('created', 1_700_000_000_000)
      }
      change()
    })
  }
}
