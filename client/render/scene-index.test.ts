import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { SceneIndex } from './scene-index.ts'

const at = (id: string, hidden: boolean) =>
  makeShape('rectangle', { id, z: 'a0', pos: [0, 0], size: [50, 50], hidden })
const all = { x: -100, y: -100, w: 300, h: 300 }

test('what is hidden is not shown, from the beginning or from a change on', () => {
  const index = new SceneIndex(() => 0)
  index.load([at('a', false), at('b', true)])
  expect(index.within(all)).toEqual(['a'])
  const change = (id: string, before: boolean, after: boolean) => {
    const shapes = new Map([[id, { before: at(id, before), after: at(id, after) }]])
    index.apply({ source: 'own', shapes })
  }
  change('a', false, true)
  change('b', true, false)
  expect(index.within(all)).toEqual(['b'])
})
