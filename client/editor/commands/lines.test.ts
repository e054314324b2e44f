import { expect, test } from 'vitest'
import { makeShape } from '../../../shared/schema/read.ts'
import { box, Rig } from '../testing/rig.ts'

const line = (points: readonly number[], rot = 0): Rig => {
  const rig = new Rig(makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points, rot }))
  rig.editor.select(['l'])
  return rig
}

test('a line is closed, and opened again', () => {
  const rig = line([0, 0, 100, 0, 100, 100])
  rig.editor.run('line-close')
  expect(rig.shape('line').points).toEqual([0, 0, 100, 0, 100, 100, 0, 0])
  rig.editor.run('line-close')
  expect(rig.shape('line').points).toEqual([0, 0, 100, 0, 100, 100])
  rig.editor.undo()
  rig.editor.undo()
  expect(rig.shape('line').points).toHaveLength(6)
  expect(line([0, 0, 100, 0]).editor.canRun('line-close')).toBe(false)
})

test('lines and arrows become curved, straight, or run in right angles, each as far as it can', () => {
  const rig = new Rig(
    makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points: [0, 0, 50, 50] }),
    makeShape('arrow', { id: 'a', z: 'a1', pos: [0, 0], points: [0, 0, 50, 90] }),
    box('b'),
  )
  rig.editor.run('select-all')
  rig.editor.run('line-curved')
  expect([rig.shape('line').curved, rig.shape('arrow').curved]).toEqual([true, true])
  rig.editor.run('line-elbow')
  expect(rig.shape('arrow').elbow).toBe(true)
  rig.editor.run('line-straight')
  expect(rig.shape('arrow')).toMatchObject({ elbow: false, curved: false, points: [0, 0, 50, 90] })
  expect(rig.editor.canRun('line-straight')).toBe(false)
  rig.editor.run('arrow-turn')
  expect(rig.shape('arrow')).toMatchObject({ head: 'none', tail: 'arrow' })
})

test('Delete removes the point that the pointer is on, else the line', () => {
  const rig = line([0, 0, 100, 50, 200, 0])
  rig.move([101, 50])
  rig.editor.run('delete')
  expect(rig.shape('line').points).toEqual([0, 0, 200, 0])
  rig.editor.run('delete')
  expect(rig.shapes).toEqual([])
})

test('selected shapes are connected by arrows in the order of their selection, as one undo step', () => {
  const rig = new Rig(
    box('a'),
    box('b', { pos: [300, 0], z: 'a1' }),
    box('c', { pos: [0, 300], z: 'a2' }),
    makeShape('line', { id: 'l', z: 'a3', pos: [0, 0], points: [0, 0, 50, 50] }),
  )
  rig.editor.select(['a'])
  expect(rig.editor.canRun('arrow-join')).toBe(false)
  rig.editor.select(['c', 'l', 'a', 'b'])
  rig.editor.run('arrow-join')
  const arrows = rig.shapes.flatMap(shape => (shape.type === 'arrow' ? [shape] : []))
  expect(arrows.map(({ start, end }) => [start?.[0], end?.[0]])).toEqual([
    ['c', 'a'],
    ['a', 'b'],
  ])
  expect(arrows[1]).toMatchObject({ pos: [106, 25], points: [0, 0, 188, 0] })
  rig.editor.undo()
  expect(rig.shapes).toHaveLength(4)
})
