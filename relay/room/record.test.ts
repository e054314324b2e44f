import { expect, test } from 'vitest'
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
