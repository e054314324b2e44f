import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from './close.ts'
import { checkUpdate } from './document-gate.ts'

/** What somebody who does anything to a document would send. */
function updateOf(write: (doc: Y.Doc) => void, doc = new Y.Doc()): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.transact(() => write(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

/** Maps in one another, in `shapes`. */
function nest(doc: Y.Doc, levels: number): Y.Map<unknown> {
  let map = doc.getMap('shapes') as Y.Map<unknown>
  for (let level = 0; level < levels; level += 1) {
    const inner = new Y.Map<unknown>()
    map.set('inner', inner)
    map = inner
  }
  return map
}

/** Arrays in one another. */
function deepValue(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

const refused = expect.objectContaining({ name: 'ProtocolError', code: CLOSE.malformed })

function refusalOf(update: Uint8Array, doc = new Y.Doc()): unknown {
  try {
    checkUpdate(doc, update)
    return undefined
  } catch (error) {
    return error
  }
}

describe('what may enter a board', () => {
  test('is what a person at a board writes: shapes with texts and strokes, comments, a title, deletions, undo', () => {
    const doc = new Y.Doc()
    const taken = new Y.Doc()
    doc.on('update', (update: Uint8Array) => {
      checkUpdate(taken, update)
      Y.applyUpdate(taken, update)
    })
    const shapes = doc.getMap<Y.Map<unknown>>('shapes')
    const undo = new Y.UndoManager([shapes], { captureTimeout: 0 })
    const shape = new Y.Map<unknown>()
    shapes.set('s1', shape)
    shape.set('text', new Y.Text('hello'))
    shape.set('points', new Uint8Array(1_000))
    shape.set('pos', [1, 2])
    shapes.delete('s1')
    undo.undo()
    undo.undo()
    doc.getMap('meta').set('title', 'Plan')
    doc.getMap('comments').set('c1', new Y.Map([['replies', new Y.Array()]]))
    expect(taken.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
    expect(refusalOf(Y.encodeStateAsUpdate(doc))).toBeUndefined()
    expect(refusalOf(Y.encodeStateAsUpdate(doc), taken)).toBeUndefined()
  })

  test.each<[string, Uint8Array]>([
    ['bytes that are no update', Uint8Array.of(1, 2, 3, 4)],
    ['another root type', updateOf(doc => doc.getMap('secrets').set('a', 1))],
    ['a root type as a list', updateOf(doc => doc.getArray('shapes').push([1]))],
    ['a root type as a text', updateOf(doc => doc.getText('meta').insert(0, 'a'))],
    ['a subdocument', updateOf(doc => doc.getMap('meta').set('doc', new Y.Doc()))],
    ['a struct of no length', Uint8Array.of(1, 1, 5, 0, 0, 0, 0)],
    ['one client in two parts', Uint8Array.of(2, 1, 5, 0, 0, 1, 1, 5, 9, 0, 1, 0)],
    ['a value that is nested too deeply', updateOf(doc => doc.getMap('shapes').set('a', deepValue(65)))],
    ['types that are nested too deeply', updateOf(doc => nest(doc, 9))],
  ])('is not %s', (_what, update) => {
    expect(refusalOf(update)).toEqual(refused)
  })

  test('is a value of 64 levels and a type of 8', () => {
    expect(refusalOf(updateOf(doc => doc.getMap('shapes').set('a', deepValue(64))))).toBeUndefined()
    expect(refusalOf(updateOf(doc => nest(doc, 8)))).toBeUndefined()
  })

  test('is no update of more structs than a board has', () => {
    const count = 1_500_001
    // One client with as many GC structs of length 1 (two bytes each), and no deletions.
    const head = Uint8Array.of(1, (count & 127) | 128, ((count >> 7) & 127) | 128, count >> 14, 5, 0)
    const update = new Uint8Array(head.length + 2 * count + 1)
    update.set(head)
    for (let at = 0; at < count; at += 1) update[head.length + 2 * at + 1] = 1
    expect(refusalOf(update)).toEqual(refused)
  })
})

describe('nesting', () => {
  test('counts the levels that the document has already', () => {
    const doc = new Y.Doc()
    const deepest = nest(doc, 8)
    const taken = new Y.Doc()
    Y.applyUpdate(taken, Y.encodeStateAsUpdate(doc))
    expect(
      refusalOf(
        updateOf(() => deepest.set('a', 'value'), doc),
        taken,
      ),
    ).toBeUndefined()
    expect(
      refusalOf(
        updateOf(() => deepest.set('b', new Y.Map()), doc),
        taken,
      ),
    ).toEqual(refused)
  })

  test('counts through a neighbour, which a value that replaces another names instead of its parent', () => {
    const doc = new Y.Doc()
    const deepest = nest(doc, 8)
    deepest.set('a', 'first')
    const taken = new Y.Doc()
    Y.applyUpdate(taken, Y.encodeStateAsUpdate(doc))
    const replace = updateOf(() => deepest.set('a', new Y.Map()), doc)
    expect(refusalOf(replace, taken)).toEqual(refused)
    expect(refusalOf(Y.encodeStateAsUpdate(doc))).toEqual(refused)
  })

  test('goes by what the document has, whatever an update says is there', () => {
    const honest = new Y.Doc()
    honest.clientID = 1
    nest(honest, 8)
    // The same ids, but each said to lie in a root; then one more level on the last of them.
    const liar = new Y.Doc()
    liar.clientID = 1
    const maps = Array.from({ length: 8 }, () => new Y.Map<unknown>())
    for (const [at, map] of maps.entries()) liar.getMap('shapes').set(`${at}`, map)
    maps.at(-1)?.set('one more', new Y.Map())
    expect(refusalOf(Y.encodeStateAsUpdate(liar), new Y.Doc())).toBeUndefined()
    expect(refusalOf(Y.encodeStateAsUpdate(liar), honest)).toEqual(refused)
  })

  test('of 20,000 neighbours is found in a moment', () => {
    const doc = new Y.Doc()
    const list = new Y.Array<unknown>()
    doc.getMap('shapes').set('list', list)
    list.push(Array.from({ length: 20_000 }, () => new Y.Map()))
    const started = performance.now()
    expect(refusalOf(Y.encodeStateAsUpdate(doc))).toBeUndefined()
    // ms. It takes 40; looking at each neighbour of each would take hundreds of times as long.
    expect(performance.now() - started).toBeLessThan(4_000)
  })
})

test('whatever bytes come, only a ProtocolError is thrown, and the document stays as it is', () => {
  const doc = new Y.Doc()
  nest(doc, 3)
  const valid = updateOf(() => nest(doc, 2).set('a', [{ b: [1] }]), doc)
  const before = Y.encodeStateAsUpdate(doc)
  const changes = fc.array(fc.record({ at: fc.nat(valid.length - 1), value: fc.nat(255) }), { maxLength: 6 })
  fc.assert(
    fc.property(changes, list => {
      const bytes = valid.slice()
      for (const { at, value } of list) bytes[at] = value
      const error = refusalOf(bytes, doc)
      if (error !== undefined) expect(error).toEqual(refused)
    }),
    { numRuns: 2_000 },
  )
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})
