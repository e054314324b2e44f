import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameError, FrameSplitter } from './frames.ts'

/** A frame as a server sends it. */
function plainFrame(opcode: number, isFinal: boolean, payload: Uint8Array): Uint8Array {
  const { length } = payload
  const lengths =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255]
  return Uint8Array.from([(isFinal ? 0x80 : 0) | opcode, ...lengths, ...payload])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

const anyPayload = fc.oneof(
  { arbitrary: fc.uint8Array({ maxLength: 140 }), weight: 8 },
  {
    arbitrary: fc
      .constantFrom(125, 126, 127, 65_535, 65_536, 70_000)
      .map(length => new Uint8Array(length).fill(length)),
    weight: 1,
  },
)

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

test('frames come out whole, however the bytes are cut', () => {
  const anyFrame = fc.record({
    opcode: fc.constantFrom(0, 1, 2, 8, 9),
    isFinal: fc.boolean(),
    payload: anyPayload,
  })
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 6 }), fc.infiniteStream(fc.nat(300)), (frames, cuts) => {
      const came: unknown[] = []
      const splitter = new FrameSplitter((opcode, isFinal, payload) =>
        came.push({ opcode, isFinal, payload: textOf(payload) }),
      )
      const bytes = joined(frames.map(each => plainFrame(each.opcode, each.isFinal, each.payload)))
      let at = 0
      while (at < bytes.length) {
        // Few large pieces among many small ones.
        const cut = cuts.next().value as number
        const length = cut > 200 ? cut * 100 : cut > 20 ? cut : 1
        splitter.take(bytes.slice(at, at + length))
        at += length
      }
      expect(came).toEqual(frames.map(each => ({ ...each, payload: textOf(each.payload) })))
    }),
    { numRuns: 60 },
  )
})

test('what a server may not send is an error', () => {
  const take = (...bytes: number[]) => new FrameSplitter(() => undefined).take(Uint8Array.from(bytes))
  expect(() => take(0xc2, 0)).toThrow(FrameError)
  expect(() => take(0x82, 0x81, 0, 0, 0, 0, 1)).toThrow(FrameError)
  expect(() => take(0x82, 127, 0, 1, 0, 0, 0, 0, 0, 0)).toThrow(FrameError)
})
