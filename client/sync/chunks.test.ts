import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Assembler, BadFrame, FRAME_BYTES, framesOf, MESSAGE_BYTES_MAX } from './chunks.ts'

/** Bytes that differ from place to place, so that a swapped or lost part shows. */
function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255)
}

function throughFrames(message: Uint8Array, assembler = new Assembler()): Uint8Array | null {
  let whole: Uint8Array | null = null
  for (const frame of framesOf(message)) {
    expect(frame.length).toBeLessThanOrEqual(FRAME_BYTES)
    expect(whole).toBeNull()
    whole = assembler.push(frame)
  }
  return whole
}

/** Byte equality; `toEqual` on long arrays takes seconds. */
function expectSame(arrived: Uint8Array | null, sent: Uint8Array): void {
  expect(arrived !== null && Buffer.compare(arrived, sent)).toBe(0)
}

describe('messages in frames', () => {
  test('a message of any length near the edges of a frame arrives as it was sent', () => {
    const near = (frames: number) =>
      fc.integer({ min: frames * FRAME_BYTES - 12, max: frames * FRAME_BYTES + 12 })
    const length = fc.oneof(fc.integer({ min: 0, max: 300 }), near(1), near(2), near(3))
    fc.assert(
      fc.property(fc.array(length, { maxLength: 4 }), lengths => {
        const assembler = new Assembler()
        for (const n of lengths) expectSame(throughFrames(patterned(n), assembler), patterned(n))
      }),
      { numRuns: 60 },
    )
  })

  test('a board of 3 MB arrives whole', () => {
    const message = patterned(3_000_000)
    expectSame(throughFrames(message), message)
  })

  test('a message over the bound is not sent', () => {
    expect(() => [...framesOf(new Uint8Array(MESSAGE_BYTES_MAX + 1))]).toThrow(RangeError)
  })
})

describe('frames of a hostile sender', () => {
  const first = () => [...framesOf(patterned(FRAME_BYTES * 3))]

  test('bytes at random never make anything but a message or a BadFrame', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), frames => {
        const assembler = new Assembler()
        try {
          for (const frame of frames) assembler.push(frame)
        } catch (error) {
          expect(error).toBeInstanceOf(BadFrame)
        }
      }),
    )
  })

  test('a first frame that announces more than the bound is refused before anything is kept', () => {
    const [frame] = first()
    frame?.set([255, 255, 255, 255], 1)
    expect(() => new Assembler().push(frame as Uint8Array)).toThrow(BadFrame)
  })

  test('a next frame that is shorter than it must be is refused, so that parts cannot be multiplied', () => {
    const [frame] = first()
    const assembler = new Assembler()
    assembler.push(frame as Uint8Array)
    expect(() => assembler.push(Uint8Array.of(2, 1))).toThrow(BadFrame)
  })

  test('a next frame without a first, and a whole message in the middle of another, are refused', () => {
    expect(() => new Assembler().push(Uint8Array.of(2, 1))).toThrow(BadFrame)
    const assembler = new Assembler()
    assembler.push(first()[0] as Uint8Array)
    expect(() => assembler.push(Uint8Array.of(0, 1))).toThrow(BadFrame)
  })
})
