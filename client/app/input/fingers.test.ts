import { expect, test } from 'vitest'
import { Fingers } from './fingers.ts'

const CAMERA = { x: 0, y: 0, zoom: 1 }

test('one finger moves nothing, two that go apart enlarge about their middle', () => {
  const fingers = new Fingers()
  fingers.put(1, [100, 100])
  expect(fingers.move(1, [110, 100], CAMERA)).toBeUndefined()
  fingers.put(2, [210, 100])
  const camera = fingers.move(2, [310, 100], CAMERA)
  expect(camera?.zoom).toBe(2)
  expect(fingers.hasZoomed).toBe(true)
  expect(fingers.centre).toEqual([210, 100])
})

test('two that go along with each other move the view, and zoomed nothing', () => {
  const fingers = new Fingers()
  fingers.put(1, [100, 100])
  fingers.put(2, [200, 100])
  const first = fingers.move(1, [100, 140], CAMERA)
  const second = first && fingers.move(2, [200, 140], first)
  expect(second?.zoom).toBeCloseTo(1)
  expect(second?.y).toBeCloseTo(-40)
  expect(fingers.hasZoomed).toBe(false)
  fingers.lift(1)
  expect(fingers.size).toBe(1)
  expect(fingers.centre).toBeUndefined()
})
