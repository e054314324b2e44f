import { expect, test } from 'vitest'
import { centreOf } from '../../shared/geometry/box.ts'
import { rotateAbout } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type KnownShape, shapeBox } from '../../shared/shapes/index.ts'
import { box, Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length * 0.5

const rigOf = (...shapes: readonly KnownShape[]): Rig => {
  const rig = new Rig(...shapes)
  rig.editor.run('select-all')
  return rig
}

test('shapes become as wide as the widest, as high as the highest, or both, from their top left; one undo each', () => {
  const sizes = (rig: Rig) =>
    [rig.shape('rectangle', 'a'), rig.shape('rectangle', 'b')].map(({ size }) => size)
  for (const [command, after] of [
    [
      'same-width',
      [
        [100, 50],
        [100, 90],
      ],
    ],
    [
      'same-height',
      [
        [100, 90],
        [40, 90],
      ],
    ],
    [
      'same-size',
      [
        [100, 90],
        [100, 90],
      ],
    ],
  ] as const) {
    const rig = rigOf(box('a'), box('b', { pos: [300, 10], size: [40, 90] }))
    rig.editor.run(command)
    expect(sizes(rig)).toEqual(after)
    expect(rig.shape('rectangle', 'b').pos).toEqual([300, 10])
    rig.editor.undo()
    expect(sizes(rig)).toEqual([
      [100, 50],
      [40, 90],
    ])
  }
})

test('a turned shape is resized in its own axes and its corner stays where it is seen', () => {
  const rig = rigOf(box('a'), box('b', { pos: [300, 10], size: [40, 90], rot: 1 }))
  const corner = () => {
    const shape = rig.shape('rectangle', 'b')
    return rotateAbout(shape.pos, centreOf(shapeBox(shape, lineWidth)), shape.rot).map(Math.round)
  }
  const before = corner()
  rig.editor.run('same-width')
  expect(rig.shape('rectangle', 'b').size).toEqual([100, 90])
  expect(corner()).toEqual(before)
})

test('a group is stretched as a whole, a picture keeps its proportions, a text its letters, and a flat line its direction', () => {
  const rig = rigOf(
    box('wide', { size: [400, 50] }),
    box('left', { pos: [0, 100], size: [50, 50], groups: ['g'] }),
    box('right', { pos: [50, 100], size: [50, 50], groups: ['g'] }),
    makeShape('image', {
      ...{ id: 'image', z: 'a1', pos: [0, 200], size: [100, 30] },
      ...{ asset: 'a'.repeat(64), natural: [100, 30] },
    }),
    makeShape('text', { id: 'text', z: 'a2', pos: [0, 300], text: 'some words here' }),
    makeShape('line', { id: 'line', z: 'a3', pos: [0, 400], points: [0, 0, 0, 100] }),
  )
  rig.editor.run('same-width')
  expect(rig.shape('rectangle', 'left').size).toEqual([200, 50])
  expect(rig.shape('rectangle', 'right')).toMatchObject({ pos: [200, 100], size: [200, 50] })
  expect(rig.shape('image').size).toEqual([400, 120])
  expect(rig.shape('text')).toMatchObject({ fontSize: 20, wrap: 400 })
  expect(rig.shape('line').points).toEqual([0, 0, 0, 100])
})

test('a single shape, and one group, have nothing to be made equal to', () => {
  const rig = rigOf(box('a', { groups: ['g'] }), box('b', { groups: ['g'], size: [40, 90] }))
  expect(rig.editor.canRun('same-size')).toBe(false)
})
