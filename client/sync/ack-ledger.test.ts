import { describe, expect, test } from 'vitest'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { AckLedger } from './ack-ledger.ts'

const bytes = Uint8Array.of(0, 0)
const update = encodeFrame({ type: 'update', update: bytes })
const step1 = encodeFrame({ type: 'syncStep1', stateVector: bytes })
const step2 = encodeFrame({ type: 'syncStep2', update: bytes })
const presence = encodeFrame({ type: 'awareness', update: bytes })

function ledger(...frames: Uint8Array[]): AckLedger {
  const made = new AckLedger()
  for (const frame of frames) made.onSent(frame)
  return made
}

describe('the ack ledger', () => {
  test('nothing is durable before the answer to the state vector of the relay went out', () => {
    const made = ledger(step1, update)
    made.onAck(1)
    expect(made.isDurable).toBe(false)
  })

  test('all is durable once every document frame is acknowledged, and not a frame earlier', () => {
    const made = ledger(step1, step2, presence, update)
    made.onAck(1)
    expect(made.isDurable).toBe(false)
    made.onAck(2)
    expect(made.isDurable).toBe(true)
  })

  test('an update after an ack takes durability away until it is acknowledged too', () => {
    const made = ledger(step2)
    made.onAck(1)
    made.onSent(update)
    expect(made.isDurable).toBe(false)
    made.onAck(2)
    expect(made.isDurable).toBe(true)
  })

  test('a lower count does not take back, and a count of what was never sent does not run ahead', () => {
    const made = ledger(step2, update)
    made.onAck(2)
    made.onAck(1)
    expect(made.isDurable).toBe(true)
    made.onAck(900)
    made.onSent(update)
    expect(made.isDurable).toBe(false)
  })

  test('a snapshot counts only once it holds every document frame', () => {
    const made = ledger(step1, step2, update)
    made.onAck(2)
    made.onSnapshot(1)
    expect([made.isDurable, made.isInSnapshot]).toEqual([true, false])
    made.onSnapshot(2)
    expect(made.isInSnapshot).toBe(true)
    made.onSent(update)
    expect(made.isInSnapshot).toBe(false)
  })
  test('a tab that has gone quiet is told of its last change, however much another one makes meanwhile', () => {
    const made = ledger(step2, update)
    made.mark(1, 1)
    for (let count = 1; count <= 1_000; count += 1) {
      made.onSent(update)
      made.mark(2, count)
    }
    made.onAck(2)
    expect([...made.acknowledged]).toEqual([[1, 1]])
    made.onAck(1_002)
    expect(new Map(made.acknowledged)).toEqual(
      new Map([
        [1, 1],
        [2, 1_000],
      ]),
    )
  })
})
