import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { type Gate, rootGate } from './gate.ts'
import { docOf } from './record.ts'
import { BOARD, contentOf, NOTHING, testRelay, writer } from './room.testing.ts'

/** What a client that knows the protocol well might send, before a byte of it is changed. */
function honestFrames(): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const shapes = doc.getMap<Y.Map<unknown>>('shapes')
  const shape = new Y.Map<unknown>()
  shapes.set('s1', shape)
  const text = new Y.Text('hello')
  shape.set('text', text)
  shape.set('pos', [1, 2])
  shape.set('ink', new Uint8Array([1, 2, 3]))
  text.insert(2, 'xyz', { bold: true })
  text.delete(0, 3)
  shapes.delete('s1')
  doc.getMap('meta').set('title', 'Plan')
  const frames = updates.map(update => encodeFrame({ type: 'update', update }))
  frames.push(encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) }))
  frames.push(encodeFrame({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) }))
  frames.push(Uint8Array.of(1, 7, 1, 5, 1, 2, 123, 125))
  return frames
}

const change = fc.record({ frame: fc.nat(), at: fc.nat(), value: fc.nat(255) })

const openGate: Gate = { admit: () => undefined }

test.each([
  ['the gate', rootGate, 300],
  ['no gate at all', openGate, 300],
])(
  'behind %s, no changed byte of an honest client harms anybody else or what is stored',
  async (_name, gate, numRuns) => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async changes => {
        const clock = fakeClock()
        const log = new MemoryLog(clock)
        const relay = testRelay({ gate, clock, log })
        const [ben, carl] = [relay.join(), relay.join()]
        carl.say({ type: 'syncStep1', stateVector: NOTHING })
        await relay.settle()
        const ink = writer()
        for (const [turn, { frame, at, value }] of changes.entries()) {
          const frames = honestFrames()
          const bytes = frames[frame % frames.length] ?? new Uint8Array()
          bytes[at % bytes.length] = value
          const mallory = relay.join()
          mallory.sayBytes(bytes)
          ben.say({ type: 'update', update: ink.set(`turn ${turn}`, turn) })
          await relay.settle()
        }
        expect([ben.closeCode, carl.closeCode]).toEqual([null, null])
        expect(ben.got('ack').at(-1)?.frames).toBe(changes.length)
        expect(contentOf(carl)).toMatchObject(ink.doc.getMap('meta').toJSON())
        const stored = docOf(BOARD, (await log.open(BOARD)).records)
        expect(stored.getMap('meta').toJSON()).toEqual(contentOf(carl))
      }),
      { numRuns },
    )
  },
)

test('any bytes from anybody leave the room at work', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), async noise => {
      const relay = testRelay()
      const ben = relay.join()
      await relay.settle()
      for (const bytes of noise) relay.join().sayBytes(bytes)
      ben.say({ type: 'update', update: writer().set('still', 'here') })
      await relay.settle()
      expect(ben.got('ack').at(-1)?.frames).toBe(1)
    }),
    { numRuns: 300 },
  )
})
