import * as Y from 'yjs'
import { addComment, addRectangle, addStroke } from '../../../shared/protocol/document.testing.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'

/** The origin of this person's gestures, as the undo manager knows them. */
const OWN = Symbol('own')

/** Bytes of a drawing long enough to travel in several frames between peers. */
const LONG_STROKE = 130_000

type Shape = Y.Map<unknown>

/** What a person does with a board, on a document of DESIGN's model: each gesture is one transaction. */
export class Hand {
  readonly #doc: Y.Doc
  readonly #shapes: Y.Map<Shape>
  readonly #random: Random
  readonly #undo: Y.UndoManager

  constructor(doc: Y.Doc, random: Random) {
    this.#doc = doc
    this.#shapes = doc.getMap('shapes')
    this.#random = random
    this.#undo = new Y.UndoManager(this.#shapes, { trackedOrigins: new Set([OWN]), captureTimeout: 0 })
  }

  gesture(): void {
    const roll = this.#random.next()
    if (roll < 0.03) this.#undo.redo()
    else if (roll < 0.12) this.#undo.undo()
    else this.#doc.transact(() => this.#edit(), OWN)
  }

  #edit(): void {
    const shape = this.#anyShape()
    const roll = this.#random.next()
    if (!shape || roll < 0.25) this.#create()
    else if (roll < 0.5) shape[1].set('pos', [this.#number(), this.#number()])
    else if (roll < 0.65) shape[1].set('stroke', `#${100_000 + this.#number()}`)
    else if (roll < 0.7) shape[1].delete('stroke')
    else if (roll < 0.85) this.#type(shape[1])
    else if (roll < 0.87) this.#doc.getMap('meta').set('title', `title ${this.#number()}`)
    else if (roll < 0.89) this.#comment()
    else this.#shapes.delete(shape[0])
  }

  #create(): void {
    if (this.#random.next() < 0.01) addStroke(this.#doc, this.#id(), LONG_STROKE)
    else if (this.#random.next() < 0.5) addStroke(this.#doc, this.#id(), 10 + randomInt(this.#random, 300))
    else addRectangle(this.#doc, this.#id(), { pos: [this.#number(), this.#number()] })
  }

  #comment(): void {
    addComment(this.#doc, this.#id(), { text: `comment ${this.#number()}` })
  }

  #id(): string {
    return [...this.#random.bytes(8)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  }

  #type(shape: Shape): void {
    const text = shape.get('text')
    if (!(text instanceof Y.Text)) return
    const at = randomInt(this.#random, text.length + 1)
    const cut = Math.min(text.length - at, randomInt(this.#random, 3))
    if (cut > 0) text.delete(at, cut)
    text.insert(at, `word ${this.#number()} `)
  }

  #anyShape(): [string, Shape] | undefined {
    const ids = [...this.#shapes.keys()].sort()
    const id = ids[randomInt(this.#random, ids.length)]
    const shape = id === undefined ? undefined : this.#shapes.get(id)
    return id === undefined || shape === undefined ? undefined : [id, shape]
  }

  #number(): number {
    return randomInt(this.#random, 10_000)
  }
}
