import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { decodeAwareness, encodeAwareness } from './awareness.ts'
import { CLOSE, isFinalClose } from './close.ts'
import { ProtocolError } from './error.ts'
import { decodeFrame, encodeFrame, type Frame } from './frame.ts'
import { ROLES } from './role.ts'

const LIMIT = 1024

const bytes = fc.uint8Array({ maxLength: 64 })

const frames: fc.Arbitrary<Frame> = fc.oneof(
  bytes.map((stateVector): Frame => ({ type: 'syncStep1', stateVector })),
  bytes.map((update): Frame => ({ type: 'syncStep2', update })),
  bytes.map((update): Frame => ({ type: 'update', update })),
  bytes.map((update): Frame => ({ type: 'awareness', update })),
  fc.constant<Frame>({ type: 'queryAwareness' }),
  fc.record({ type: fc.constant('ack' as const), frames: fc.maxSafeNat(), stateVector: bytes }),
  fc.record({
    type: fc.constant('rejected' as const),
    code: fc.nat(5000),
    reason: fc.string({ unit: 'grapheme' }),
    where: fc.string(),
  }),
  fc.record({ type: fc.constant('snapshotted' as const), frames: fc.maxSafeNat(), stateVector: bytes }),
  fc.record({ type: fc.constant('state' as const), size: fc.maxSafeNat(), content: bytes }),
  fc.record({
    type: fc.constant('hello' as const),
    hello: fc.record({
      role: fc.constantFrom(...ROLES),
      epoch: fc.option(fc.nat()),
      schema: fc.nat(),
      limits: fc.record({
        frameBytes: fc.nat(),
        documentBytes: fc.nat(),
        shapes: fc.nat(),
        presenceBytes: fc.nat(),
        connectionsPerRoom: fc.nat(),
        connectionsPerAddress: fc.nat(),
        connections: fc.nat(),
        messagesPerSecond: fc.nat(),
        bytesPerSecond: fc.nat(),
      }),
      iceServers: fc.array(fc.record({ urls: fc.array(fc.string()) })),
      mesh: fc.option(fc.record({ password: fc.string(), maxPeers: fc.nat() })),
    }),
  }),
)

/** What reading gives: the frame, or the ProtocolError. Any other exception goes through and fails the test. */
function readOrRefuse<T>(read: () => T): T | ProtocolError {
  try {
    return read()
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

describe('the frame codec', () => {
  test('reads back every frame that it writes', () => {
    fc.assert(
      fc.property(frames, frame => {
        expect(decodeFrame(encodeFrame(frame), 1 << 20)).toEqual(frame)
      }),
    )
  })

  test('answers any bytes with a frame or a ProtocolError, never with another exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), noise => {
        const read = readOrRefuse(() => decodeFrame(noise, LIMIT))
        if (read instanceof ProtocolError) expect(isFinalClose(read.code)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('answers a valid frame cut short, or with a byte changed, with a frame or a ProtocolError', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(255), fc.nat(), (frame, position, value, cut) => {
        const broken = encodeFrame(frame)
        broken[position % broken.length] = value
        readOrRefuse(() => decodeFrame(broken.subarray(0, cut % (broken.length + 1)), 1 << 20))
      }),
      { numRuns: 2000 },
    )
  })

  test('returns views into the frame, so that decoding allocates nothing that the frame does not hold', () => {
    const wire = encodeFrame({ type: 'update', update: new Uint8Array(500) })
    const frame = decodeFrame(wire, LIMIT)
    expect(frame.type === 'update' && frame.update.buffer === wire.buffer).toBe(true)
  })

  test('refuses a length that goes past the end instead of allocating it', () => {
    const lies = Uint8Array.of(0, 2, 255, 255, 255, 255, 15, 1)
    expect(() => decodeFrame(lies, LIMIT)).toThrow('claims 4294967295 bytes but 1 are left')
  })

  test('refuses a frame over the limit with 4413 before it reads any of it', () => {
    const read = readOrRefuse(() => decodeFrame(new Uint8Array(LIMIT + 1), LIMIT))
    expect(read).toMatchObject({ code: CLOSE.tooLarge })
  })

  test.each([
    ['bytes after the end', [3, 0]],
    ['an unknown type', [77]],
    ['an unknown sync type', [0, 3, 0]],
    ['a number over 2^53', [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
    ['an empty frame', []],
  ])('refuses %s with 4400', (_name, wire) => {
    const read = readOrRefuse(() => decodeFrame(Uint8Array.from(wire), LIMIT))
    expect(read).toMatchObject({ code: CLOSE.malformed })
  })

  test('reads what y-protocols writes', () => {
    const doc = new Y.Doc()
    doc.getMap('meta').set('title', 'Plan')
    const update = Y.encodeStateAsUpdate(doc)
    const step1 = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 0)
      writeSyncStep1(encoder, doc)
    })
    const change = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 0)
      writeUpdate(encoder, update)
    })
    expect(decodeFrame(step1, LIMIT)).toEqual({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) })
    expect(decodeFrame(change, LIMIT)).toEqual({ type: 'update', update })
  })
})

describe('the awareness codec', () => {
  test('reads what y-protocols writes and writes the same bytes', () => {
    const awareness = new Awareness(new Y.Doc())
    awareness.setLocalState({ name: 'Zoë', cursor: [1, 2] })
    const update = encodeAwarenessUpdate(awareness, [awareness.clientID])
    const entries = decodeAwareness(update)
    expect(entries).toEqual([
      { client: awareness.clientID, clock: 1, state: '{"name":"Zoë","cursor":[1,2]}' },
    ])
    expect(encodeAwareness(entries)).toEqual(update)
    awareness.destroy()
  })

  test('answers any bytes with entries or a ProtocolError, never with another exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), noise => {
        readOrRefuse(() => decodeAwareness(noise))
      }),
      { numRuns: 2000 },
    )
  })

  test('refuses a state that would break the JSON.parse of every other client', () => {
    expect(() => decodeAwareness(encodeAwareness([{ client: 1, clock: 1, state: '{"a":' }]))).toThrow(
      'not JSON',
    )
  })

  test('refuses nesting that a recursive reader would overflow on, and takes brackets inside a string', () => {
    const deep = '['.repeat(65) + ']'.repeat(65)
    const text = JSON.stringify({ text: `\\"${'['.repeat(200)}` })
    expect(() => decodeAwareness(encodeAwareness([{ client: 1, clock: 1, state: deep }]))).toThrow(
      'too deeply',
    )
    expect(decodeAwareness(encodeAwareness([{ client: 1, clock: 1, state: text }]))).toHaveLength(1)
  })
})
