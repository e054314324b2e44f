import { expect, test } from 'vitest'
import type { Ink } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { StrokePieces } from './stroke-pieces.ts'

const wave = (count: number): Vec[] =>
  Array.from({ length: count }, (_, i): Vec => [i * 4, Math.sin(i / 9) * 40])
const mouse = (count: number): Ink => ({ points: wave(count), pressures: null })

/** Grows a stroke by `step` points at a time. */
function draw(pieces: StrokePieces, count: number, step = 3) {
  const finished: Ink[] = []
  let longest = 0
  for (let n = step; n <= count; n += step) {
    const grown = pieces.grow(mouse(n))
    finished.push(...grown.finished)
    longest = Math.max(longest, grown.tail.points.length, ...grown.finished.map(piece => piece.points.length))
  }
  return { finished, longest }
}

test('a short stroke is one tail, just as the pointer gave it', () => {
  const ink = mouse(100)
  expect(new StrokePieces(3).grow(ink)).toEqual({ finished: [], tail: ink, restarted: false })
})

test('however long a stroke becomes, no pointer move handles more than a few points', () => {
  expect(draw(new StrokePieces(3), 600).longest).toBe(draw(new StrokePieces(3), 6000).longest)
  expect(draw(new StrokePieces(3), 6000).longest).toBeLessThan(160)
})

test('the pieces and the tail hold every point, each piece overlapping the one before', () => {
  const pieces = new StrokePieces(3)
  const { finished } = draw(pieces, 600)
  const { tail } = pieces.grow(mouse(600))
  const all = [...finished, tail]
  const starts = all.map(piece => (piece.points[0] as Vec)[0] / 4)
  const ends = all.map(piece => (piece.points.at(-1) as Vec)[0] / 4)
  expect(starts[0]).toBe(0)
  expect(ends.at(-1)).toBe(599)
  for (const [i, start] of starts.slice(1).entries()) expect(start).toBeLessThan(ends[i] as number)
})

test('where two pieces overlap they have the same simulated pressure, so the width does not jump', () => {
  const { finished } = draw(new StrokePieces(3), 600)
  const [first, second] = finished as [Ink, Ink]
  const overlap = first.points.length - first.points.findIndex(p => p[0] === second.points[0]?.[0])
  expect(overlap).toBeGreaterThan(4)
  expect(second.pressures?.slice(0, overlap)).toEqual(first.pressures?.slice(-overlap))
})

test('pressures of a pen are kept', () => {
  const pressures = Array.from({ length: 300 }, (_, i) => i / 300)
  const { finished } = new StrokePieces(3).grow({ points: wave(300), pressures })
  expect(finished[0]?.pressures).toEqual(pressures.slice(0, finished[0]?.points.length))
})

test('the same points in a new object go on, other points start over', () => {
  const pieces = new StrokePieces(3)
  pieces.grow(mouse(300))
  expect(pieces.grow(mouse(310)).restarted).toBe(false)
  const straight: Ink = {
    points: [
      [0, 0],
      [500, 0],
    ],
    pressures: null,
  }
  expect(pieces.grow(straight)).toEqual({ finished: [], tail: straight, restarted: true })
})
