import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Load } from '../plan.ts'
import { timelineOf } from '../timeline.ts'
import { payloadIn } from './frames.ts'
import { Script } from './script.ts'

const load: Load = {
  ...{ clients: 1, rooms: 1, rate: 20, presence: 0, duration: 3, joinOver: 0 },
  ...{ viewers: 0, shapes: 0, seed: 5, warmUp: 0 },
}
const timeline = timelineOf({ load, edits: { move: 3, stroke: 1, type: 2 }, steps: [] }, 0)
const script = () => new Script({ person: 0, seed: load.seed, timeline, encode: update => update })

function unmasked(frame: Uint8Array): Uint8Array {
  const start = frame.length - payloadIn(frame)
  const mask = frame.subarray(start - 4, start)
  return frame.slice(start).map((byte, at) => byte ^ (mask[at % 4] as number))
}

test('edits that were made ahead are those that are made on the spot', () => {
  const all = timeline.due.length
  fc.assert(
    fc.property(fc.nat(6000), fc.nat(all), (bytes, made) => {
      const [ahead, onTheSpot] = [script(), script()]
      ahead.prepare(bytes)
      for (let edit = 0; edit < made; edit += 1)
        expect(unmasked(ahead.next())).toEqual(unmasked(onTheSpot.next()))
      expect(ahead.made).toBe(made)
      expect(Y.encodeStateAsUpdate(ahead.doc)).toEqual(Y.encodeStateAsUpdate(onTheSpot.doc))
    }),
    { numRuns: 20 },
  )
})

test('whoever asks in between gets the document of the moment, with the clock that is told', () => {
  const ahead = script()
  ahead.prepare(4000)
  for (let edit = 0; edit < timeline.due.length; edit += 1) {
    expect(Y.getState(ahead.doc.store, ahead.client)).toBe(ahead.clock)
    ahead.next()
  }
  expect(Y.getState(ahead.doc.store, ahead.client)).toBe(ahead.clock)
})
