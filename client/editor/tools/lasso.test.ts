import { expect, test } from 'vitest'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { box, Rig } from '../testing/rig.ts'

/** A loop around the box from (x, y) to (x + w, y + h), left open at its end as people draw it. */
function loop(rig: Rig, x: number, y: number, w: number, h: number, modifiers = {}): void {
  const corners: readonly Vec[] = [
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
    [x, y + 10],
  ]
  rig.down([x, y], { modifiers })
  let from: Vec = [x, y]
  for (const to of corners) {
    for (let i = 1; i <= 8; i++)
      rig.move([from[0] + ((to[0] - from[0]) * i) / 8, from[1] + ((to[1] - from[1]) * i) / 8], { modifiers })
    from = to
  }
}

const seed = () =>
  new Rig(
    box('a', { z: 'a0' }),
    box('b', { z: 'a1', pos: [200, 0] }),
    makeShape('line', { id: 'line', z: 'a2', pos: [0, 100], points: [0, 0, 300, 0] }),
  )

test('a loop selects, live, what lies mostly in it, and hands over to the select tool', () => {
  const rig = seed()
  rig.editor.use('lasso')
  loop(rig, -10, -10, 130, 100)
  expect(rig.selection).toEqual(['a'])
  expect(rig.editor.state.preview).toMatchObject({ kind: 'lasso' })
  rig.up([-10, 0])
  expect(rig.editor.state).toMatchObject({ tool: 'select', preview: null })
  expect(rig.selection).toEqual(['a'])
})

test('with alt it selects whatever it touches', () => {
  const rig = seed()
  rig.editor.use('lasso')
  loop(rig, 80, 20, 150, 100, { alt: true })
  expect(rig.selection).toEqual(['a', 'b', 'line'])
})

test('shift adds to the selection and keeps the lasso for the next loop', () => {
  const rig = seed()
  rig.editor.select(['b'])
  rig.editor.use('lasso')
  loop(rig, -10, -10, 130, 80, { shift: true })
  rig.up([-10, 0], { modifiers: { shift: true } })
  expect(rig.selection).toEqual(['a', 'b'])
  expect(rig.editor.state.tool).toBe('lasso')
})

test('a shape that pokes out a little is meant, one that is half outside is not', () => {
  const rig = new Rig(box('a'), box('b', { z: 'a1', pos: [0, 100] }))
  rig.editor.use('lasso')
  loop(rig, -10, -10, 104, 140)
  expect(rig.selection).toEqual(['a'])
})

test('a group is selected when all of it is in the loop, locked shapes are not', () => {
  const rig = new Rig(
    box('in', { groups: ['g'] }),
    box('out', { z: 'a1', pos: [300, 0], groups: ['g'] }),
    box('free', { z: 'a2', pos: [0, 100] }),
    box('locked', { z: 'a3', pos: [0, 200], locked: true }),
  )
  rig.editor.use('lasso')
  loop(rig, -10, -10, 130, 300)
  expect(rig.selection).toEqual(['free'])
  rig.cancel()
  loop(rig, -10, -10, 430, 300)
  expect(rig.selection).toEqual(['free', 'in', 'out'])
})

test('Esc gives back what was selected, a click selects nothing', () => {
  const rig = seed()
  rig.editor.select(['b'])
  rig.editor.use('lasso')
  loop(rig, -10, -10, 130, 80)
  rig.cancel()
  expect(rig.selection).toEqual(['b'])
  rig.click([500, 500])
  expect(rig.selection).toEqual([])
  expect(rig.shapes).toHaveLength(3)
})
