import * as Y from 'yjs'
import { keyBetween } from '../shared/schema/order.ts'
import { SCHEMA_VERSION } from '../shared/schema/read.ts'
import { inkKeys } from '../shared/shapes/ink.ts'
import type { EditKind } from './plan.ts'
import { unit } from './random.ts'
import { SEED_CLIENT } from './seats.ts'

type ShapeMap = Y.Map<unknown>

/** World units of the board's side that people are spread over. */
const BOARD = 20_000

/** Strokes of one person that stay: in a long run boards do not grow without end. */
const KEPT_STROKES = 40

/** Characters of one card. */
const MAX_TEXT = 600

/** Points of a stroke: half a second of a pen. */
const STROKE_POINTS = 30

/** Shapes in one update of those that are there first. */
const SEED_CHUNK = 1000

const Z = keyBetween(null, null)

/**
 * Somebody's own part of a board. Nobody writes into the shapes of others, so a writer needs no more of the document than
 * it wrote itself, and a process holds hundreds of them.
 */
export class Writing {
  readonly doc = new Y.Doc()
  readonly #shapes: Y.Map<ShapeMap>
  readonly #person: number
  readonly #seed: number
  readonly #card: ShapeMap
  readonly #text = new Y.Text()
  readonly #strokes: string[] = []

  constructor(client: number, person: number, seed: number) {
    this.doc.clientID = client
    this.#person = person
    this.#seed = seed
    this.#shapes = this.doc.getMap('shapes')
    this.#card = new Y.Map<unknown>([
      ['type', 'rectangle'],
      ['pos', this.#place(-1)],
      ['size', [160, 90]],
      ['z', Z],
      ['text', this.#text],
    ])
    this.#shapes.set(`card-${person}`, this.#card)
  }

  /** Makes one edit, as one update. */
  make(kind: EditKind, edit: number): void {
    this.doc.transact(() => {
      if (kind === 'move') this.#card.set('pos', this.#place(edit))
      else if (kind === 'stroke') this.#draw(edit)
      else this.#type(edit)
    })
  }

  #place(edit: number): [x: number, y: number] {
    const x = unit(this.#seed, this.#person, edit, 5)
    const y = unit(this.#seed, this.#person, edit, 6)
    return [Math.round(x * BOARD * 16) / 16, Math.round(y * BOARD * 16) / 16]
  }

  #draw(edit: number): void {
    const [x, y] = this.#place(edit)
    const points = Array.from(
      { length: STROKE_POINTS },
      (_, at) => [x + 4 * at, y + 40 * Math.sin(at / 4 + edit)] as const,
    )
    const keys = inkKeys({ points, pressures: null })
    const id = `stroke-${this.#person}-${edit}`
    const stroke = new Y.Map<unknown>([['type', 'ink'], ['z', Z], ...Object.entries(keys)])
    this.#shapes.set(id, stroke)
    this.#strokes.push(id)
    if (this.#strokes.length > KEPT_STROKES) this.#shapes.delete(this.#strokes.shift() as string)
  }

  #type(edit: number): void {
    if (this.#text.length > MAX_TEXT) this.#text.delete(0, this.#text.length)
    this.#text.insert(this.#text.length, String(edit % 1000).padStart(3, '0'))
  }
}

/** The first updates of a board, each building on those before it. */
export function seedUpdates(shapes: number): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = SEED_CLIENT
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => {
    doc.getMap('meta').set('schema', SCHEMA_VERSION)
    doc.getMap('meta').set('created', 1_700_000_000_000)
  })
  for (let from = 0; from < shapes; from += SEED_CHUNK) {
    doc.transact(() => {
      const to = Math.min(shapes, from + SEED_CHUNK)
      for (let at = from; at < to; at += 1) seedShape(doc.getMap('shapes'), at)
    })
  }
  doc.destroy()
  return updates
}

function seedShape(shapes: Y.Map<ShapeMap>, at: number): void {
  const shape = new Y.Map<unknown>([
    ['type', 'rectangle'],
    ['pos', [(at % 200) * 120, Math.floor(at / 200) * 80]],
    ['size', [100, 60]],
    ['z', Z],
  ])
  if (at % 3 === 0) shape.set('fill', '#ffd8a8')
  shapes.set(`seed-${at}`, shape)
}
