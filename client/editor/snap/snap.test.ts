import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box } from '../../../shared/geometry/box.ts'
import { gridUnit } from '../../../shared/geometry/grid.ts'
import { movingBox, movingPoint, snap } from './snap.ts'
import { snapTargets } from './targets.ts'

const REACH = 8
const at = (x: number, y: number, w = 40, h = 40): Box => ({ x, y, w, h })
const snapTo = (box: Box, others: readonly Box[], grid: number | null = null) =>
  snap(movingBox(box), { targets: snapTargets(others), grid, reach: REACH })

describe('a box that is moved', () => {
  test('snaps to the sides and middles of others, on each axis by itself, and shows the lines', () => {
    const { by, guides } = snapTo(at(105, 203), [at(100, 0)])
    expect(by).toEqual([-5, 0])
    expect(guides).toEqual([
      { kind: 'line', from: [100, 0], to: [100, 243] },
      { kind: 'line', from: [120, 0], to: [120, 243] },
      { kind: 'line', from: [140, 0], to: [140, 243] },
    ])
  })

  test('stays where it is when nothing is within reach', () => {
    expect(snapTo(at(109, 209), [at(100, 0, 40, 10)])).toEqual({ by: [0, 0], guides: [] })
  })

  test('comes to rest in the middle between two others, and as far from one as that is from the next', () => {
    const row = [at(0, 0), at(200, 0)]
    const between = snapTo(at(103, 7, 30, 26), row)
    expect(between.by[0]).toBe(2)
    expect(between.guides.filter(guide => guide.kind === 'gap')).toEqual([
      { kind: 'gap', from: [40, 20], to: [105, 20] },
      { kind: 'gap', from: [135, 20], to: [200, 20] },
    ])
    expect(snapTo(at(395, 7, 33, 26), row).by[0]).toBe(5)
    expect(snapTo(at(-196, 7, 33, 26), row).by[0]).toBe(3)
  })

  test('has no gap to what lies in another row', () => {
    expect(snapTo(at(395, 100, 33, 26), [at(0, 0), at(200, 0)]).guides).toEqual([])
  })

  test('goes to the grid where no shape is near', () => {
    expect(snapTo(at(109, 211), [at(500, 0)], 20).by).toEqual([-9, 9])
    expect(snapTo(at(109, 211), [at(108, 0)], 20).by).toEqual([-1, 9])
  })
})

test('a point snaps to lines, and never to gaps', () => {
  const rules = { targets: snapTargets([at(0, 0), at(200, 0)]), grid: null, reach: REACH }
  expect(snap(movingPoint([237, 300]), rules).by).toEqual([3, 0])
  expect(snap(movingPoint([363, 20]), rules)).toMatchObject({ by: [0, 0] })
})

const number = fc.integer({ min: -300, max: 300 })
const side = fc.integer({ min: 0, max: 200 })
const box: fc.Arbitrary<Box> = fc.record({ x: number, y: number, w: side, h: side })

test('a snap goes no further than the reach, and every line that it shows runs through what is moved', () => {
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 12 }), (moved, others) => {
      const { by, guides } = snapTo(moved, others)
      expect(Math.max(...by.map(Math.abs))).toBeLessThanOrEqual(REACH)
      const placed = { ...moved, x: moved.x + by[0], y: moved.y + by[1] }
      for (const guide of guides) {
        const isUpright = guide.from[0] === guide.to[0]
        if (guide.kind === 'gap') expect(isUpright && guide.from[1] === guide.to[1]).toBe(false)
        else if (isUpright)
          expect([placed.x, placed.x + placed.w / 2, placed.x + placed.w]).toContain(guide.from[0])
      }
    }),
    { numRuns: 300 },
  )
})

test('a point that has snapped stays where it is', () => {
  fc.assert(
    fc.property(
      fc.tuple(number, number),
      fc.array(box, { maxLength: 12 }),
      fc.boolean(),
      ([x, y], others, hasGrid) => {
        const rules = { targets: snapTargets(others), grid: hasGrid ? 20 : null, reach: REACH }
        const { by } = snap(movingPoint([x, y]), rules)
        expect(Math.max(...by.map(Math.abs))).toBeLessThanOrEqual(hasGrid ? 10 : REACH)
        // The grid may lead to within reach of a line.
        if (hasGrid) return
        expect(snap(movingPoint([x + by[0], y + by[1]]), rules).by.map(Math.abs)).toEqual([0, 0])
      },
    ),
  )
})

test('the grid that holds shapes is the one whose dots show', () => {
  expect([0.1, 0.5, 1, 2, 30].map(gridUnit)).toEqual([160, 40, 20, 10, 0.625])
})
