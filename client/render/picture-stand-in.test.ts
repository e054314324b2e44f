import { expect, test } from 'vitest'
import { boxAround, boxContainsBox } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { PICTURE_STAND_INS } from './picture-stand-in.ts'

const lineWidth = (line: string) => line.length / 2
const drawing = { tolerance: 0.1, leastWidth: 0, translucent: false }

const imageOf = (size: Vec, alt = '') =>
  makeShape('image', { id: 'a', z: 'a0', pos: [0, 0], size, asset: '0'.repeat(64), natural: [10, 10], alt })

test('an image that is not here yet says so, and what it would show', () => {
  const { text } = PICTURE_STAND_INS.absent
  expect(text?.(imageOf([400, 300], 'Our garden'), lineWidth)?.lines).toEqual([
    'Our garden',
    'Image not here yet',
  ])
  expect(PICTURE_STAND_INS.broken.text?.(imageOf([400, 300]), lineWidth)?.lines).toEqual([
    'Image cannot be shown',
  ])
})

test('where there is no room for all of it, it says less, and nothing at last', () => {
  const { text } = PICTURE_STAND_INS.absent
  expect(text?.(imageOf([200, 80], 'word '.repeat(50)), lineWidth)?.lines).toEqual(['Image not here yet'])
  expect(text?.(imageOf([30, 20]), lineWidth)).toBeUndefined()
})

test('nothing that stands in for an image reaches out of its box', () => {
  for (const standIn of Object.values(PICTURE_STAND_INS)) {
    for (const size of [
      [400, 300],
      [40, 300],
      [300, 30],
      [1, 1],
    ] as const) {
      const shape = imageOf(size, 'Our garden')
      const painted = boxAround(standIn.areas(shape, drawing, () => 0).flatMap(({ contour }) => contour))
      const own = { x: -0.01, y: -0.01, w: size[0] + 0.02, h: size[1] + 0.02 }
      expect(boxContainsBox(own, painted), `${size}`).toBe(true)
      const block = standIn.text?.(shape, lineWidth)
      if (block) expect(boxContainsBox(own, block.box), `${size}`).toBe(true)
    }
  }
})

test('while an image is read nothing flashes up in its place', () => {
  expect(PICTURE_STAND_INS.loading.text).toBeUndefined()
})
