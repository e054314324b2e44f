import { expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LaserTrail } from './laser-trail.ts'

const beam = (start: number, ...xs: readonly number[]) => ({
  id: 'l',
  start,
  points: xs.map((x): Vec => [x, 0]),
})
const xs = (trail: LaserTrail, now: number) => trail.seen(now).map(({ at }) => at[0])

test('each point fades by itself and is gone after a second', () => {
  const trail = new LaserTrail()
  trail.follow(beam(0, 1), 1000)
  trail.follow(beam(0, 1, 2), 1500)
  expect(xs(trail, 1600)).toEqual([1, 2])
  expect(trail.seen(1600).map(({ life }) => life)).toEqual([0.4, 0.9])
  expect(xs(trail, 2000)).toEqual([2])
  expect(xs(trail, 2500)).toEqual([])
})

test('windows that repeat points, or come again, add only what is new', () => {
  const trail = new LaserTrail()
  trail.follow(beam(0, 1, 2, 3), 0)
  trail.follow(beam(1, 2, 3, 4), 20)
  trail.follow(beam(1, 2, 3, 4), 40)
  trail.follow(beam(9, 10), 60)
  expect(xs(trail, 60)).toEqual([1, 2, 3, 4, 10])
})

test('points that come at once have been drawn one after the other', () => {
  const trail = new LaserTrail()
  trail.follow(beam(0, 1, 2, 3, 4), 1000)
  const lives = trail.seen(1000).map(({ life }) => Number(life.toFixed(3)))
  expect(lives).toEqual([0.925, 0.95, 0.975, 1])
})
