import { describe, expect, test } from 'vitest'
import { box, Rig } from './testing/rig.ts'

const apart = (id: string, x: number, groups: readonly string[] = []) => box(id, { pos: [x, 0], groups })
const hovered = (rig: Rig) => [...rig.editor.state.hovered].sort()

describe('what a click would select is hovered', () => {
  test('a whole group, and nothing of what is selected already', () => {
    const rig = new Rig(apart('a', 0, ['g']), apart('b', 200, ['g']), apart('c', 400))
    rig.move([50, 25])
    expect(hovered(rig)).toEqual(['a', 'b'])
    rig.click([50, 25])
    expect(hovered(rig)).toEqual([])
    rig.move([450, 25])
    expect(hovered(rig)).toEqual(['c'])
  })

  test('nothing while a gesture is under way, with another tool, or once the pointer has left', () => {
    const rig = new Rig(apart('a', 0), apart('b', 200))
    rig.down([50, 25])
    rig.move([250, 25])
    expect(hovered(rig)).toEqual([])
    rig.cancel()
    rig.editor.use('ink')
    rig.move([250, 25])
    expect(hovered(rig)).toEqual([])
    rig.editor.use('select')
    rig.move([250, 25])
    expect(hovered(rig)).toEqual(['b'])
    rig.editor.leave()
    expect(hovered(rig)).toEqual([])
  })

  test('nothing of a shape that another has just removed', () => {
    const rig = new Rig(apart('a', 0))
    rig.move([50, 25])
    rig.board.transact([{ op: 'remove', id: 'a' }])
    expect(hovered(rig)).toEqual([])
  })
})

describe('a menu for what lies at a point is about', () => {
  const target = (rig: Rig, x: number, y = 25) => [...rig.editor.targetAt([x, y])].sort()

  test('the group of the shape there', () => {
    const rig = new Rig(apart('a', 0, ['g']), apart('b', 200, ['g']))
    expect(target(rig, 50)).toEqual(['a', 'b'])
  })

  test('the selection, in its frame and on its handles, even where no shape is', () => {
    const rig = new Rig(box('hollow', { fill: 'transparent' }), apart('b', 200))
    expect(target(rig, 50)).toEqual([])
    rig.editor.select(['hollow'])
    expect(target(rig, 50)).toEqual(['hollow'])
    expect(target(rig, 104, 54)).toEqual(['hollow'])
    expect(target(rig, 250)).toEqual(['b'])
  })
})

test('a shape that another removes while it is dragged is not in the preview any more', () => {
  const rig = new Rig(apart('a', 0), apart('b', 200))
  rig.editor.select(['a', 'b'])
  rig.down([50, 25])
  rig.move([60, 25])
  rig.board.transact([{ op: 'remove', id: 'a' }])
  rig.move([70, 25])
  expect(rig.editor.state.preview).toEqual({ kind: 'move', ids: ['b'], offset: [20, 0] })
  rig.board.transact([{ op: 'remove', id: 'b' }])
  rig.move([80, 25])
  expect(rig.editor.state.preview).toBeNull()
})
