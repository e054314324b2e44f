import * as encoding from 'lib0/encoding'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { docOf, readRecords, stateRecord, updateRecord } from './record.ts'
import { writer } from './room.testing.ts'

/** A record as relays wrote it before they took snapshots: kind 2, then the state. */
const oldStateRecord = (doc: Y.Doc): Uint8Array => Uint8Array.of(2, ...Y.encodeStateAsUpdateV2(doc))

test('states of every kind and the changes after them add up to the board', () => {
  for (const write of [oldStateRecord, (doc: Y.Doc) => stateRecord(Y.encodeStateAsUpdateV2(doc), ['s1'])]) {
    const ink = writer()
    const first = updateRecord(ink.set('first', 1))
    const records = [first, write(ink.doc), updateRecord(ink.set('second', 2))]
    expect(docOf('board', records).getMap('meta').toJSON()).toEqual({ first: 1, second: 2 })
  }
})

test('the snapshots that a board contains are those of its newest state, whatever changed since', () => {
  const ink = writer()
  const change = updateRecord(ink.set('first', 1))
  const state = Y.encodeStateAsUpdateV2(ink.doc)
  const records = [stateRecord(state, ['old']), stateRecord(state, ['one', 'two']), change]
  expect(readRecords('board', records).snapshots).toEqual(['one', 'two'])
  expect(readRecords('board', [change]).snapshots).toEqual([])
  expect(readRecords('board', [stateRecord(state, [])]).snapshots).toEqual([])
})

test.each([
  ['of a kind that a newer relay wrote', Uint8Array.of(9, 0)],
  ['that is empty', new Uint8Array()],
  ['that claims more snapshots than it has', Uint8Array.of(3, 255, 255, 255, 127)],
  ['whose state is cut', stateRecord(Y.encodeStateAsUpdateV2(writer().doc), ['one']).subarray(0, -1)],
])('a record %s is named, and what to do', (_name, record) => {
  expect(() => readRecords('board', [updateRecord(writer().set('a', 1)), record])).toThrow(
    /Record 1 of board board cannot be read .*Restore DATA_DIR/,
  )
})

test('a log of a board on which somebody wrote very often, and deleted a text in pieces, is read at once', () => {
  const doc = new Y.Doc({ gc: false })
  const shape = doc.getMap('shapes').set('s1', new Y.Map<unknown>())
  const text = shape.set('text', new Y.Text('x'.repeat(6_000)))
  const before = Y.encodeStateVector(doc)
  const records = [updateRecord(Y.encodeStateAsUpdate(doc))]
  doc.transact(() => {
    for (let at = 0; at < 10_000; at += 1) {
      shape.set('rot', at)
      shape.set('opacity', at)
    }
  })
  records.push(updateRecord(Y.encodeStateAsUpdate(doc, before)))
  const { client, clock } = (text._start as Y.Item).id
  const deletions = encoding.encode(encoder => {
    for (const number of [0, 1, client, 3_000]) encoding.writeVarUint(encoder, number)
    for (let at = 0; at < 3_000; at += 1) {
      encoding.writeVarUint(encoder, clock + 2 * at)
      encoding.writeVarUint(encoder, 1)
    }
  })
  const splice = vi.spyOn(Array.prototype, 'splice')
  const read = docOf('board', [...records, updateRecord(deletions)])
  // Piece by piece, as Yjs does it, all that follows is moved 6,000 times.
  expect(splice.mock.calls.length).toBeLessThan(100)
  splice.mockRestore()
  expect((read.getMap('shapes').get('s1') as Y.Map<Y.Text>).get('text')?.length).toBe(3_000)
})
