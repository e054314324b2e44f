import { expect, test } from 'vitest'
import { compareOrder } from '../../shared/schema/order.ts'
import { placeImported } from './place.ts'
import { drawing, element, open } from './testing.ts'

const counter = () => {
  let n = 0
  return () => `new-${n++}`
}

test('the middle of what was imported comes to where it is placed', async () => {
  const imported = await open(drawing(element('rectangle'), element('ellipse', { x: 210, y: 120 })))
  const placed = placeImported(imported, { newId: counter(), below: null, at: [0, 0] })
  expect(imported.bounds).toEqual({ x: 10, y: 20, w: 300, h: 150 })
  expect(placed.bounds).toEqual({ x: -150, y: -75, w: 300, h: 150 })
  expect(placed.shapes.map(shape => shape.pos)).toEqual([
    [-150, -75],
    [50, 25],
  ])
})

test('the shapes lie above what was on the board, in the order of the file', async () => {
  const types = ['rectangle', 'ellipse', 'diamond', 'ellipse']
  const imported = await open(drawing(...types.map(type => element(type))))
  const { shapes } = placeImported(imported, { newId: counter(), below: 'a7', at: [0, 0] })
  expect([...shapes].sort(compareOrder).map(shape => shape.type)).toEqual(types)
  expect(shapes.every(shape => shape.z > 'a7')).toBe(true)
})

test('shapes of one group stay in one group, and importing the same file twice makes two groups', async () => {
  const imported = await open(
    drawing(element('rectangle', { groupIds: ['in', 'out'] }), element('ellipse', { groupIds: ['out'] })),
  )
  const newId = counter()
  const [first, second] = [0, 1].map(() => placeImported(imported, { newId, below: null, at: [0, 0] }).shapes)
  const groups = [first, second].map(shapes => shapes?.map(shape => shape.groups))
  expect(groups[0]?.[0]?.[1]).toBe(groups[0]?.[1]?.[0])
  expect(groups[0]?.[0]).toHaveLength(2)
  expect(new Set(groups.flat(3)).size).toBe(4)
})

test('what is placed at the edge of the world is moved back into it', async () => {
  const imported = await open(drawing(element('rectangle', { x: -9e6 }), element('rectangle', { x: 9e6 })))
  const { shapes } = placeImported(imported, { newId: counter(), below: null, at: [1e7, 1e7] })
  expect(shapes.map(shape => shape.pos[0])).toEqual([-8e6, 1e7])
})

test('an empty drawing places nothing', async () => {
  const imported = await open(drawing())
  expect(placeImported(imported, { newId: counter(), below: null, at: [5, 5] })).toEqual({
    shapes: [],
    bounds: undefined,
  })
})
