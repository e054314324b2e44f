import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from './close.ts'
import { addComment, addRectangle, addStroke, changeBy, copyOf } from './document.testing.ts'
import { readUpdate } from './incoming.ts'
import { integrate } from './integrate.ts'

const malformed = expect.objectContaining({ name: 'ProtocolError', code: CLOSE.malformed })
const updateOf = (write: (doc: Y.Doc) => void) => changeBy(new Y.Doc(), write)

function refusalOf(update: Uint8Array, doc = new Y.Doc()): unknown {
  try {
    readUpdate(doc, update)
    return undefined
  } catch (error) {
    return error
  }
}

describe('what is no update of a board (rule 12)', () => {
  test.each<[string, Uint8Array]>([
    ['bytes that are none', Uint8Array.of(1, 2, 3, 4)],
    ['another root type', updateOf(doc => doc.getMap('secrets').set('a', 1))],
    ['a root type as a list', updateOf(doc => doc.getArray('shapes').push([1]))],
    ['a root type as a text', updateOf(doc => doc.getText('meta').insert(0, 'a'))],
    ['a subdocument', updateOf(doc => doc.getMap('meta').set('doc', new Y.Doc()))],
    ['a struct of no length', Uint8Array.of(1, 1, 5, 0, 0, 0, 0)],
    ['a deletion of no length', Uint8Array.of(0, 1, 5, 1, 0, 0)],
    ['one client in two parts', Uint8Array.of(2, 1, 5, 0, 0, 1, 1, 5, 9, 0, 1, 0)],
    ['more structs than it has bytes', Uint8Array.of(1, 255, 255, 255, 127, 5, 0, 0)],
    // One character whose left neighbour is itself.
    ['an item that builds on itself', Uint8Array.of(1, 1, 5, 0, 0x84, 5, 0, 1, 97, 0)],
  ])('%s', (_what, update) => {
    expect(refusalOf(update)).toEqual(malformed)
  })

  test('a value that is nested so deeply that it cannot be read', () => {
    const levels = 100_000
    const deep = new Uint8Array(2 * levels).fill(1)
    for (let at = 0; at < deep.length; at += 2) deep[at] = 117
    // `meta` holds, under `a`, arrays of one array.
    const head = Uint8Array.of(1, 1, 5, 0, 0x28, 1, 4, 109, 101, 116, 97, 1, 97, 1)
    expect(refusalOf(Uint8Array.from([...head, ...deep, 0]))).toEqual(malformed)
  })

  test('more structs than a board has', () => {
    const count = 1_500_001
    // One client with as many GC structs of length 1 (two bytes each), and no deletions.
    const head = Uint8Array.of(1, (count & 127) | 128, ((count >> 7) & 127) | 128, count >> 14, 5, 0)
    const update = new Uint8Array(head.length + 2 * count + 1)
    update.set(head)
    for (let at = 0; at < count; at += 1) update[head.length + 2 * at + 1] = 1
    expect(refusalOf(update)).toEqual(malformed)
  })

  test('whatever else it is, no other error comes of it', () => {
    const doc = new Y.Doc()
    addRectangle(doc, 's1', { text: new Y.Text('hello') })
    const valid = changeBy(copyOf(doc), copy => addStroke(copy, 's2', 40))
    const changes = fc.array(fc.record({ at: fc.nat(valid.length - 1), value: fc.nat(255) }), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(changes, list => {
        const bytes = valid.slice()
        for (const { at, value } of list) bytes[at] = value
        const error = refusalOf(bytes, doc)
        if (error !== undefined) expect(error).toEqual(malformed)
      }),
      { numRuns: 3_000 },
    )
  })
})

/** What one of a few people does to a board, by a number. */
function act(doc: Y.Doc, undo: Y.UndoManager, roll: number): void {
  const shapes = doc.getMap<Y.Map<unknown>>('shapes')
  const ids = [...shapes.keys()]
  const id = ids[roll % Math.max(1, ids.length)]
  const shape = id === undefined ? undefined : shapes.get(id)
  const text = shape?.get('text')
  const kind = roll % 8
  if (!shape || kind === 0) addRectangle(doc, `s${roll}`, { text: new Y.Text('label') })
  else if (kind === 1 && id) shapes.delete(id)
  else if (kind === 2) undo.undo()
  else if (kind === 3) undo.redo()
  else if (kind <= 5 && text instanceof Y.Text) {
    const at = roll % (text.length + 1)
    text.insert(at, `${roll}`)
    if (kind === 5) text.delete(at >> 1, Math.min(2, text.length - (at >> 1)))
  } else if (kind === 6) addComment(doc, `c${roll}`)
  else shape.set('pos', [roll, roll])
}

interface Person {
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  /** What this person has written, change by change. */
  readonly written: Uint8Array[]
}

function people(count: number): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const doc = new Y.Doc()
    doc.clientID = 100 - i
    const written: Uint8Array[] = []
    doc.on('update', (update: Uint8Array, _origin, _doc, transaction: Y.Transaction) => {
      if (transaction.local) written.push(update)
    })
    return { doc, undo: new Y.UndoManager([doc.getMap('shapes')], { captureTimeout: 0 }), written }
  })
}

const steps = fc.array(fc.record({ who: fc.nat(2), roll: fc.nat(10_000), hears: fc.boolean() }), {
  minLength: 20,
  maxLength: 80,
})

/** Three people who draw, and now and then hear of all that the next one has. */
function drawn(list: readonly { who: number; roll: number; hears: boolean }[]): Person[] {
  const all = people(3)
  for (const { who, roll, hears } of list) {
    const person = all[who] as Person
    const next = all[(who + 1) % 3] as Person
    act(person.doc, person.undo, roll)
    if (hears) Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(next.doc, Y.encodeStateVector(person.doc)))
  }
  return all
}

describe('putting an update into a document', () => {
  test('makes of it exactly what Yjs makes of it, in whatever order changes come and whatever is missing', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat()), (list, order) => {
        const updates = drawn(list).flatMap(({ written, doc }) => [...written, Y.encodeStateAsUpdate(doc)])
        const [ours, theirs] = [new Y.Doc(), new Y.Doc()]
        for (const [at, pick] of [...order, ...updates.keys()].entries()) {
          const update = updates[(pick + at) % updates.length] as Uint8Array
          const incoming = readUpdate(ours, update)
          integrate(ours, incoming)
          Y.applyUpdate(theirs, update)
          const { pendingStructs, pendingDs } = theirs.store
          expect(incoming.isComplete).toBe(pendingStructs === null && pendingDs === null)
          theirs.store.pendingStructs = null
          theirs.store.pendingDs = null
        }
        expect(Y.encodeStateAsUpdate(ours)).toEqual(Y.encodeStateAsUpdate(theirs))
        expect(ours.getMap('shapes').toJSON()).toEqual(theirs.getMap('shapes').toJSON())
      }),
      { numRuns: 60 },
    )
  })

  test('is reported with its origin, as somebody else’s change, in one transaction', () => {
    const doc = new Y.Doc()
    const seen: unknown[] = []
    doc.on('afterTransaction', ({ origin, local }: Y.Transaction) => seen.push([origin, local]))
    integrate(
      doc,
      readUpdate(
        doc,
        updateOf(other => addRectangle(other, 's1')),
      ),
      'somebody',
    )
    expect(seen).toEqual([['somebody', false]])
  })

  test('takes two who wrote by turns, each after the other, as a whole', () => {
    const [ann, ben] = people(2) as [Person, Person]
    const taken = new Y.Doc()
    for (let turn = 0; turn < 50; turn += 1) {
      ann.doc.getMap('meta').set('title', `Ann ${turn}`)
      Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ann.doc))
      ben.doc.getMap('meta').set('title', `Ben ${turn}`)
      Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(ben.doc))
    }
    const incoming = readUpdate(taken, Y.encodeStateAsUpdate(ann.doc))
    integrate(taken, incoming)
    expect(incoming.isComplete).toBe(true)
    expect(taken.getMap('meta').toJSON()).toEqual({ title: 'Ben 49' })
  })

  test.each([1, -1])('takes 20,000 clients in a moment, each of whom builds on the next (%i)', direction => {
    const clients = Array.from({ length: 20_000 }, (_, i) => i + 1)
    const encoder = new Y.UpdateEncoderV1()
    encoding.writeVarUint(encoder.restEncoder, clients.length)
    for (const client of clients) {
      const origin = Y.createID(client + direction, 0)
      const isFirst = origin.client < 1 || origin.client > clients.length
      encoding.writeVarUint(encoder.restEncoder, 1)
      encoder.writeClient(client)
      encoding.writeVarUint(encoder.restEncoder, 0)
      const at = [Y.createID(client, 0), null, isFirst ? null : origin, null, null] as const
      new Y.Item(...at, 'meta' as never, 'title', new Y.ContentAny(['x'])).write(encoder, 0)
    }
    encoding.writeVarUint(encoder.restEncoder, 0)
    const started = performance.now()
    const incoming = readUpdate(new Y.Doc(), encoder.toUint8Array())
    expect(incoming).toMatchObject({ isComplete: true, structs: { length: 20_000 } })
    // ms. It takes 60; going round all clients again for each of them would take minutes.
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('takes nothing of two clients that wait for each other', () => {
    // One character each, whose left neighbour is the other's.
    const knot = Uint8Array.of(2, 1, 6, 0, 0x84, 5, 0, 1, 97, 1, 5, 0, 0x84, 6, 0, 1, 97, 0)
    expect(readUpdate(new Y.Doc(), knot)).toMatchObject({ structs: [], isComplete: false })
  })
})
