import { expect, test } from 'vitest'
import { originFor } from './origin.ts'

const viewAt = (x: number, y: number, zoom: number) => ({ x, y, w: 1280 / zoom, h: 720 / zoom })

test('the origin stays while the view is near it', () => {
  const origin = [0, 0] as const
  expect(originFor(viewAt(3000, -2000, 1), origin)).toBe(origin)
  expect(originFor(viewAt(20_000, 0, 0.05), origin)).toBe(origin)
})

test('in every corner of the world, at 3000 %, a 32-bit float places a point to a tenth of a pixel', () => {
  for (const x of [-1e7, 0, 1e7]) {
    for (const y of [-1e7, 1e7]) {
      const view = viewAt(x, y, 30)
      const [ox] = originFor(view, [0, 0])
      const at = view.x + view.w / 3 - ox
      expect(Math.abs(Math.fround(at) - at) * 30).toBeLessThan(0.1)
    }
  }
})
