import * as Y from 'yjs'
import type { Edit } from '../../client/board/board.ts'
import { DocBoard } from '../../client/board/doc-board.ts'
import { makeShape } from '../schema/read.ts'
import { inkKeys } from '../shapes/ink.ts'
import { type Random, randomInt } from '../util/random.ts'
import { addComment } from './document.testing.ts'

/** A person at a board, who draws, writes, comments, undoes and restores; every change is recorded as it would be sent. */
export class Author {
  readonly doc = new Y.Doc()
  readonly changes: Uint8Array[] = []
  readonly #random: Random
  readonly #board: DocBoard
  #ids = 0

  constructor(random: Random) {
    this.#random = random
    this.doc.clientID = 1 + randomInt(random, 2 ** 31)
    this.#board = new DocBoard(this.doc, () => 1_700_000_000_000)
    this.doc.on('update', (update: Uint8Array, _origin, _doc, { local }: Y.Transaction) => {
      if (local) this.changes.push(update)
    })
  }

  act(): void {
    const roll = this.#random.next()
    if (roll < 0.1) this.#board.undo()
    else if (roll < 0.15) this.#board.redo()
    else if (roll < 0.2) addComment(this.doc, this.#id())
    else this.#board.transact([this.#edit(roll)])
  }

  /** Takes what somebody else wrote. */
  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update)
  }

  #edit(roll: number): Edit {
    const ids = [...this.#board.shapes.keys()]
    const id = ids[randomInt(this.#random, ids.length)]
    if (id === undefined || roll < 0.35) return { op: 'create', shape: this.#rectangle() }
    if (roll < 0.45) return { op: 'create', shape: this.#stroke() }
    if (roll < 0.5) return { op: 'title', title: `title ${this.#number(100)}` }
    if (roll < 0.6) return { op: 'remove', id }
    if (roll < 0.75) return { op: 'patch', id, patch: { pos: [this.#number(100), this.#number(100)] } }
    if (roll < 0.8) return { op: 'patch', id, patch: { opacity: this.#number(3) / 2 } }
    if (roll < 0.87)
      return {
        ...{ op: 'mark', id, from: this.#number(4), to: 3 + this.#number(9) },
        ...{ style: 1 + this.#number(15), on: roll < 0.85 },
      }
    return {
      op: 'text',
      id,
      at: this.#number(6),
      remove: this.#number(4),
      insert: `word ${this.#number(100)}`,
      ...(roll > 0.95 && { style: this.#number(16) }),
    }
  }

  #rectangle() {
    return makeShape('rectangle', { id: this.#id(), pos: [1, 2], size: [30, 40], z: 'a0', text: 'label' })
  }

  #stroke() {
    const points = Array.from({ length: 2 + this.#number(30) }, (_, i) => [i, this.#number(50)] as const)
    return makeShape('ink', { id: this.#id(), z: 'a0', ...inkKeys({ points, pressures: null }) })
  }

  #id(): string {
    this.#ids += 1
    return `${this.doc.clientID}-${this.#ids}`
  }

  #number(below: number): number {
    return randomInt(this.#random, below)
  }
}

/** A copy of some bytes with a few of them changed, cut off, doubled, moved or replaced by those of others. */
export function mutated(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let result = [...bytes]
  const at = () => randomInt(random, result.length + 1)
  for (let count = 1 + randomInt(random, 4); count > 0; count -= 1) {
    const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number]
    const other = others[randomInt(random, others.length)] ?? bytes
    const roll = random.next()
    if (roll < 0.55 && result.length > 0) result[from % result.length] = randomInt(random, 256)
    else if (roll < 0.65 && result.length > 0)
      result[from % result.length] = EDGES[randomInt(random, EDGES.length)] ?? 0
    else if (roll < 0.75) result = result.slice(0, to)
    else if (roll < 0.82) result.splice(from, 0, ...result.slice(from, Math.min(to, from + 40)))
    else if (roll < 0.9) result.splice(from, Math.min(20, to - from))
    else result.splice(from, 0, ...other.slice(randomInt(random, other.length), 40))
  }
  return Uint8Array.from(result)
}

/** Bytes at the ends of what varints, flags and type numbers mean. */
const EDGES = [0, 1, 2, 7, 8, 10, 31, 32, 63, 64, 127, 128, 135, 199, 255]
