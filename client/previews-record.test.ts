import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePreview, encodePreview, type Preview } from './previews-record.ts'

const preview: Preview = {
  text: 'Garten\nπλάνο',
  shapes: 12,
  changedAt: 1_700_000_000_000,
  bytes: 4096,
  pictures: { light: Uint8Array.of(1, 2), dark: Uint8Array.of(3) },
}

test('a preview comes back as it was, with pictures and without', () => {
  expect(decodePreview(encodePreview(preview))).toEqual(preview)
  expect(decodePreview(encodePreview({ ...preview, pictures: null }))).toEqual({ ...preview, pictures: null })
})

test('bytes that are no preview are as none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      expect(decodePreview(bytes)).toBeUndefined()
    }),
  )
  const whole = encodePreview(preview)
  for (let length = 0; length < whole.length; length++)
    expect(decodePreview(whole.slice(0, length))).toBeUndefined()
})
