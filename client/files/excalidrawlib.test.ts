import { expect, test } from 'vitest'
import { boxesMeet, grow } from '../../shared/geometry/box.ts'
import { shapeBounds } from '../../shared/shapes/index.ts'
import { noticeText } from './notices.ts'
import { element, expectValid, halfWide, open } from './testing.ts'

const v1 = (...library: readonly unknown[]): string =>
  JSON.stringify({ type: 'excalidrawlib', version: 1, library })
const v2 = (...libraryItems: readonly unknown[]): string =>
  JSON.stringify({ type: 'excalidrawlib', version: 2, libraryItems })

const pair = (keys: Record<string, unknown> = {}) => [element('rectangle', keys), element('ellipse', keys)]

test('items of both versions open, each in a group of its own', async () => {
  const items = [pair(), pair({ x: 5_000 }), pair({ groupIds: ['inner'] })]
  for (const file of [
    v1(...items),
    v2(...items.map(elements => ({ id: 'a', status: 'published', elements }))),
  ]) {
    const imported = await open(file, 'a.excalidrawlib')
    expectValid(imported)
    const groups = imported.shapes.map(shape => shape.groups.at(-1))
    expect(groups).toEqual([0, 0, 1, 1, 2, 2].map(i => groups[2 * i]))
    expect(new Set(groups).size).toBe(3)
    expect(imported.shapes.map(shape => shape.groups.length)).toEqual([1, 1, 1, 1, 2, 2])
    expect(imported.notices).toEqual([])
  }
})

test('an item of a single shape is in no group', async () => {
  const { shapes } = await open(v1([element('rectangle')], [element('ellipse')]))
  expect(shapes.map(shape => shape.groups)).toEqual([[], []])
})

test('equal group names in two items are two groups', async () => {
  const { shapes } = await open(v1(pair({ groupIds: ['same'] }), pair({ groupIds: ['same'] })))
  expect(new Set(shapes.map(shape => shape.groups[0])).size).toBe(2)
})

test('items lie in a grid, in reading order, and none touches another', async () => {
  const items = Array.from({ length: 7 }, (_, i) => [
    element('rectangle', { x: 0, y: 0, width: 20 + 30 * i, angle: i }),
  ])
  const { shapes } = await open(v1(...items))
  const bounds = shapes.map(shape => shapeBounds(shape, halfWide))
  for (const [i, a] of bounds.entries()) {
    for (const b of bounds.slice(i + 1)) expect(boxesMeet(grow(a, 19), grow(b, 19))).toBe(false)
  }
  const middles = bounds.map(box => Math.round(box.y + box.h / 2))
  expect(middles.map(y => middles.indexOf(y))).toEqual([0, 0, 0, 3, 3, 3, 6])
})

test('names, empty items and items that cannot be read do not keep the others from opening', async () => {
  const item = (name: string, elements: unknown) => ({ id: 'a', name, elements })
  const imported = await open(
    v2(item('Server', pair()), item('Empty', []), item('', [element('image')]), item('', 'x'), null, pair()),
  )
  expect(imported.shapes).toHaveLength(4)
  expect(noticeText(imported.notices)).toBe(
    '1 image could not be read. 2 shapes could not be read. 2 names of library items were left out.',
  )
})

test('a library as wide as the world still opens; what does not fit into the world is counted', async () => {
  const wide = () => [element('rectangle', { x: -1e7, width: 1e7 })]
  const imported = await open(v1(...Array.from({ length: 9 }, wide)))
  expectValid(imported)
  const left = imported.notices.reduce((sum, notice) => sum + notice.count, 0)
  expect(imported.shapes.length + left).toBe(9)
  expect(left).toBeGreaterThan(0)
})
