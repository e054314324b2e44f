import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import type { Shape } from '../../shared/shapes/index.ts'
import { clipCorners } from './clip-corners.ts'
import { boxOnScreen, cutOff, edgeOnScreen } from './outlines.ts'

const camera = { x: 10, y: 20, zoom: 2 }
const lineWidth = () => 0
const frame = makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [100, 80] })
const box = (x: number, given = {}) =>
  makeShape('rectangle', {
    ...{ id: 'a', z: 'a1', pos: [x, 40], size: [500, 20], frame: 'f', corner: 0 },
    ...given,
  })

/** What is outlined of a shape in the frame: a box around it, or its own edge. */
const seen = (shape: Shape, isEdge: boolean) =>
  cutOff(
    isEdge ? edgeOnScreen(shape, camera, lineWidth) : boxOnScreen(shape, camera, 4, lineWidth),
    clipCorners(frame, shape, lineWidth),
    camera,
  )

test('the outline of what reaches past its frame ends there', () => {
  expect(seen(box(60), false)).toEqual([
    [96, 36],
    [180, 36],
    [180, 84],
    [96, 84],
  ])
  expect(seen(box(60), true)).toEqual([
    [100, 40],
    [180, 40],
    [180, 80],
    [100, 80],
  ])
  for (const isEdge of [false, true]) {
    const turned = seen(box(60, { size: [80, 20], corner: 8, rot: 0.4 }), isEdge)
    expect(Math.max(...turned.map(([x]) => x))).toBeCloseTo(180, 6)
  }
})

test('that of a shape which lies inside is whole, and of what cannot be seen there is none', () => {
  const inside = box(20, { size: [20, 20] })
  expect(seen(inside, false)).toEqual(boxOnScreen(inside, camera, 4, lineWidth))
  expect(seen(box(300), true)).toEqual([])
})
