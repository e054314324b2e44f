import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageHeader } from './image-header.ts'
import { SAMPLE_NAMES, type SampleName, sampleImage } from './testing/images.ts'

const MIB = 1024 * 1024

/** ms. A hundred times what these take; a reader whose time grows with the square of the bytes takes minutes. */
const SOON = 10_000

test.each(SAMPLE_NAMES)('the format and size of a %s are found', name => {
  const format = name.split(' ').find(word => ['png', 'jpeg', 'gif', 'webp', 'avif'].includes(word))
  expect(imageHeader(sampleImage(name))).toEqual({ format, width: 37, height: 23 })
})

test.each<[string, Buffer]>([
  ['nothing', Buffer.of()],
  ['text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['a PDF', Buffer.from('%PDF-1.7 and more than enough bytes to read a size of')],
  ['a HEIC', sampleImage('avif').fill('heic', 8, 12).fill('heic', 16, 20)],
  ['a PNG of no width', sampleImage('png').fill(0, 16, 20)],
  ['a JPEG without a frame', Buffer.from('ffd8ffe000020000000000000000ffd9', 'hex')],
  ['a JPEG that starts its data without a frame', Buffer.from('ffd8ffda000200000000000000000000', 'hex')],
])('%s is no image', (_what, content) => {
  expect(imageHeader(content)).toBeNull()
})

test('fill bytes before the markers of a JPEG are skipped', () => {
  const jpeg = sampleImage('jpeg')
  const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(9, 0xff), jpeg.subarray(2)])
  expect(imageHeader(filled)).toMatchObject({ width: 37, height: 23 })
})

test('of several sizes in an AVIF the largest counts', () => {
  const ispe = box('ispe', Buffer.alloc(4), uint32(40_000), uint32(30_000))
  const meta = box('meta', Buffer.alloc(4), box('iprp', box('ipco', smallSize(), ispe, smallSize())))
  const avif = Buffer.concat([box('ftyp', Buffer.from('mif1\0\0\0\0mif1avif')), meta])
  expect(imageHeader(avif)).toEqual({ format: 'avif', width: 40_000, height: 30_000 })
})

test('a part of an image, or one with changed bytes, never throws', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<SampleName>(...SAMPLE_NAMES),
      fc.nat(700),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
      (name, length, changes) => {
        const content = sampleImage(name).subarray(0, length)
        for (const [at, byte] of changes) if (at < content.length) content[at] = byte
        const header = imageHeader(content)
        expect(header === null || (header.width > 0 && header.height > 0)).toBe(true)
      },
    ),
    { numRuns: 5_000 },
  )
})

test.each<[string, Buffer]>([
  [
    'a JPEG of empty segments',
    Buffer.alloc(10 * MIB, Buffer.from('ffe00002', 'hex')).fill('ffd8ffe0', 0, 4, 'hex'),
  ],
  ['a JPEG of fill bytes', Buffer.alloc(10 * MIB, 0xff).fill('ffd8', 0, 2, 'hex')],
  ['a JPEG of zeros', Buffer.alloc(10 * MIB).fill('ffd8ffe0', 0, 4, 'hex')],
  ['an AVIF of empty boxes', Buffer.alloc(10 * MIB, box('free'))],
  ['an AVIF of many sizes', avifOf(Buffer.alloc(MIB - 4096, smallSize()))],
  ['an AVIF of many brands', box('ftyp', Buffer.alloc(10 * MIB, 'avix'))],
])('%s is looked through in a moment', (_what, content) => {
  const start = performance.now()
  imageHeader(content)
  expect(performance.now() - start).toBeLessThan(SOON)
})

function avifOf(properties: Buffer): Buffer {
  const whole = properties.subarray(0, properties.length - (properties.length % smallSize().length))
  const meta = box('meta', Buffer.alloc(4), box('iprp', box('ipco', whole)))
  const avif = Buffer.concat([box('ftyp', Buffer.from('avif\0\0\0\0avif')), meta])
  expect(imageHeader(avif)).toEqual({ format: 'avif', width: 8, height: 8 })
  return avif
}

function smallSize(): Buffer {
  return box('ispe', Buffer.alloc(4), uint32(8), uint32(8))
}

function box(name: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([uint32(body.length + 8), Buffer.from(name, 'latin1'), body])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
