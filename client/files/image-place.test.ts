import { expect, test } from 'vitest'
import { centreOf, unionOf } from '../../shared/geometry/box.ts'
import { placeImages } from './image-place.ts'

const viewport = { w: 1000, h: 800 }

test('one small image keeps its size, its middle where it was dropped', () => {
  expect(placeImages([[100, 50]], [10, 20], { viewport, zoom: 1 })).toEqual([
    { x: -40, y: -5, w: 100, h: 50 },
  ])
})

test('a large photo fits into the view at any zoom, its ratio kept', () => {
  for (const zoom of [0.1, 1, 8]) {
    const [box] = placeImages([[4000, 3000]], [0, 0], { viewport, zoom })
    expect(box).toBeDefined()
    if (!box) return
    expect(box.w * zoom).toBeLessThanOrEqual(600)
    expect(box.h * zoom).toBeLessThanOrEqual(480.01)
    expect(box.w / box.h).toBeCloseTo(4 / 3)
  }
})

test('several lie side by side around the pointer, and none covers another', () => {
  for (const count of [2, 4, 5, 12]) {
    const sizes = Array.from({ length: count }, (_, i) => [100 + i * 40, 300 - i * 20] as const)
    const boxes = placeImages(sizes, [500, -70], { viewport, zoom: 2 })
    const around = unionOf(boxes)
    expect(around && centreOf(around).map(Math.round)).toEqual([500, -70])
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const isApart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(isApart, `${count} images`).toBe(true)
      }
    }
  }
})
