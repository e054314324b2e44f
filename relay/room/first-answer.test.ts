import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { FirstAnswer, isNothing, KeptAnswers } from './first-answer.ts'

/** A document of about 4 KB, and its answer, which is told of what changes. */
function setUp(kept = new KeptAnswers(), clock = fakeClock()) {
  const doc = new Y.Doc()
  doc.getMap('meta').set('title', 'x'.repeat(4_000))
  const encode = () => encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
  const answer = new FirstAnswer(encode, clock, kept)
  doc.on('update', update => answer.changed(encodeFrame({ type: 'update', update })))
  return { clock, doc, answer }
}

function documentOf(frames: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const bytes of frames) {
    const frame = decodeFrame(bytes, Number.MAX_SAFE_INTEGER)
    if (frame.type === 'syncStep2' || frame.type === 'update') Y.applyUpdate(doc, frame.update)
  }
  return doc
}

test('who comes soon after another gets the same bytes, and what has changed since', () => {
  const { doc, answer } = setUp()
  const [first] = answer.frames
  doc.getMap('shapes').set('a', new Y.Map([['type', 'x']]))
  doc.getMap('shapes').delete('a')
  const later = answer.frames
  expect(later[0]).toBe(first)
  expect(later).toHaveLength(3)
  expect(Y.encodeStateAsUpdate(documentOf(later))).toEqual(Y.encodeStateAsUpdate(doc))
})

test('it is made anew once much has changed, and forgotten when nobody came for a while', () => {
  const { clock, doc, answer } = setUp()
  const [first] = answer.frames
  doc.getMap('meta').set('title', 'y'.repeat(2_000))
  expect(answer.frames).toHaveLength(1)
  expect(answer.frames[0]).not.toBe(first)
  expect(documentOf(answer.frames).getMap('meta').get('title')).toBe('y'.repeat(2_000))
  const [second] = answer.frames
  clock.advance(4_000)
  expect(answer.frames[0]).toBe(second)
  clock.advance(5_000)
  expect(answer.frames[0]).not.toBe(second)
  answer.forget()
  expect(clock.waiting).toBe(0)
})

test('all boards together keep no more than they may: what was not given for longest goes first', () => {
  const kept = new KeptAnswers(10_000)
  const clock = fakeClock()
  const [a, b, c] = [setUp(kept, clock), setUp(kept, clock), setUp(kept, clock)]
  const [ofA] = a.answer.frames
  const [ofB] = b.answer.frames
  expect(a.answer.frames[0]).toBe(ofA)
  const [ofC] = c.answer.frames
  expect(kept.bytes).toBe((ofA?.length ?? 0) + (ofC?.length ?? 0))
  expect([a.answer.frames[0], c.answer.frames[0]]).toEqual([ofA, ofC])
  expect(a.answer.frames[0]).toBe(ofA)
  expect(b.answer.frames[0]).not.toBe(ofB)
  clock.advance(5_000)
  expect([kept.bytes, clock.waiting]).toEqual([0, 0])
})

test('changes count too, and an answer that there is no room for is given all the same', () => {
  const kept = new KeptAnswers(4_500)
  const { clock, doc, answer } = setUp(kept)
  const [first] = answer.frames
  doc.getMap('meta').set('note', 'z'.repeat(100))
  expect(answer.frames[0]).toBe(first)
  expect(kept.bytes).toBe(answer.frames.reduce((sum, frame) => sum + frame.length, 0))
  doc.getMap('meta').set('note', 'z'.repeat(700))
  expect([kept.bytes, clock.waiting]).toEqual([0, 0])
  expect(documentOf(answer.frames).getMap('meta').get('note')).toBe('z'.repeat(700))
  expect(kept.bytes).toBe(0)
})

test('nothing is what an empty document holds', () => {
  const doc = new Y.Doc()
  expect(isNothing(Y.encodeStateVector(doc))).toBe(true)
  doc.getMap('meta').set('title', '')
  expect(isNothing(Y.encodeStateVector(doc))).toBe(false)
})
