import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { clipCorners } from './clip-corners.ts'

const frame = (given = {}) =>
  makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [300, 200], ...given })
const box = (given = {}) =>
  makeShape('rectangle', { id: 'a', z: 'a1', pos: [100, 100], size: [50, 50], frame: 'f', ...given })

test('only what reaches past its frame is clipped', () => {
  expect(clipCorners(frame(), box(), () => 0)).toBeUndefined()
  expect(clipCorners(frame(), box({ pos: [280, 100] }), () => 0)).toEqual([
    [0, 0],
    [300, 0],
    [300, 200],
    [0, 200],
  ])
  // Its stroke reaches past the edge, the box does not.
  expect(clipCorners(frame(), box({ pos: [250, 100], width: 20 }), () => 0)).toBeDefined()
})

test('a frame that is gone, hidden or no frame at all clips nothing', () => {
  const far = box({ pos: [900, 900] })
  expect(clipCorners(undefined, far, () => 0)).toBeUndefined()
  expect(clipCorners(null, far, () => 0)).toBeUndefined()
  expect(clipCorners(frame({ hidden: true }), far, () => 0)).toBeUndefined()
  expect(clipCorners(box(), far, () => 0)).toBeUndefined()
})
