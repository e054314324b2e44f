import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from './close.ts'
import { addRectangle, changeBy, copyOf } from './document.testing.ts'
import { readUpdate } from './incoming.ts'
import { integrate } from './integrate.ts'

const tooLarge = expect.objectContaining({ name: 'ProtocolError', code: CLOSE.tooLarge })

const crowd = (doc: Y.Doc, update: Uint8Array) => () => integrate(doc, readUpdate(doc, update))

/** Many values for one key of a shape, each said to be the first. */
function values(shape: Y.Item, client: number, count: number): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoding.writeVarUint(encoder.restEncoder, count)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, 0)
  for (let clock = 0; clock < count; clock += 1) {
    const value = new Y.ContentAny(['a1'])
    new Y.Item(Y.createID(client, clock), null, null, null, null, shape.id as never, 'z', value).write(
      encoder,
      0,
    )
  }
  encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}

test('50 KB that Yjs would compare with 50 KB for seconds are refused at once', () => {
  const doc = new Y.Doc()
  addRectangle(doc, 's1')
  const shape = (doc.getMap('shapes').get('s1') as Y.Map<unknown>)._item as Y.Item
  Y.applyUpdate(doc, values(shape, 1, 4_000))
  const bomb = values(shape, 2, 4_000)
  const started = performance.now()
  expect(crowd(doc, bomb)).toThrow(tooLarge)
  // ms. It takes some 20, and without the bound 3,000 and more with each further one.
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('a shape that such an update began is taken back, and a text keeps what it could take', () => {
  const doc = new Y.Doc()
  addRectangle(doc, 's1')
  const shape = (doc.getMap('shapes').get('s1') as Y.Map<unknown>)._item as Y.Item
  Y.applyUpdate(doc, values(shape, 1, 6_000))
  const liar = copyOf(doc)
  liar.clientID = 2
  const begins = changeBy(liar, copy => addRectangle(copy, 's2'))
  const bomb = Y.mergeUpdates([begins, values(shape, 1_000_000_000, 6_000)])
  // The bomb's client comes before that of the shape: Yjs lists the highest first.
  expect(crowd(doc, bomb)).toThrow(tooLarge)
  expect(Object.keys(doc.getMap('shapes').toJSON())).toEqual(['s1'])
  integrate(doc, readUpdate(doc, begins))
  expect(doc.getMap('shapes').size).toBe(2)
})

test('two people who wrote in one text for a day, each without the other, are no crowd', () => {
  const doc = new Y.Doc()
  addRectangle(doc, 's1', { text: new Y.Text('Minutes: ') })
  const [ann, ben] = [copyOf(doc), copyOf(doc)]
  for (const copy of [ann, ben]) {
    const text = (copy.getMap('shapes').get('s1') as Y.Map<unknown>).get('text') as Y.Text
    for (let word = 0; word < 3_000; word += 1) {
      text.insert((word * 7) % (text.length + 1), 'ab')
      if (word % 3 === 0) text.insert(text.length, 'c')
    }
  }
  integrate(doc, readUpdate(doc, Y.encodeStateAsUpdate(ann)))
  integrate(doc, readUpdate(doc, Y.encodeStateAsUpdate(ben)))
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(ben))
  expect(doc.getMap('shapes').toJSON()).toEqual(ann.getMap('shapes').toJSON())
})

test('nor are two who moved the same shape by turns, and a third who moved it too, a thousand times each', () => {
  const doc = new Y.Doc()
  addRectangle(doc, 's1')
  const [ann, ben, carl] = [copyOf(doc), copyOf(doc), copyOf(doc)]
  const move = (copy: Y.Doc, at: number) =>
    (copy.getMap('shapes').get('s1') as Y.Map<unknown>).set('pos', [at, at])
  for (let turn = 0; turn < 1_000; turn += 1) {
    Y.applyUpdate(
      ben,
      changeBy(ann, copy => move(copy, turn)),
    )
    Y.applyUpdate(
      ann,
      changeBy(ben, copy => move(copy, -turn)),
    )
    move(carl, turn / 2)
  }
  integrate(doc, readUpdate(doc, Y.encodeStateAsUpdate(ann)))
  integrate(doc, readUpdate(doc, Y.encodeStateAsUpdate(carl)))
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(carl))
  expect(doc.getMap('shapes').toJSON()).toEqual(ann.getMap('shapes').toJSON())
})
