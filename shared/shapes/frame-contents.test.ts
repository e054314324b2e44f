import { expect, test } from 'vitest'
import { makeShape } from '../schema/read.ts'
import { FrameContents } from './frame-contents.ts'
import type { Shape } from './index.ts'

const frame = () => makeShape('frame', { id: 'f', z: 'a0', pos: [0, 0], size: [300, 200] })
const box = (given = {}) =>
  makeShape('rectangle', { id: 'a', z: 'a1', pos: [100, 100], size: [50, 50], frame: 'f', ...given })

const of = (before: Shape | undefined, after: Shape | undefined) => [{ before, after }]

test('what lies in a frame is known as it comes, changes frames and goes', () => {
  const contents = new FrameContents()
  contents.load([frame(), box()])
  expect([...contents.of('f')]).toEqual(['a'])
  contents.apply(of(box(), box({ frame: 'g' })))
  expect([[...contents.of('f')], [...contents.of('g')]]).toEqual([[], ['a']])
  contents.apply(of(box({ frame: 'g' }), undefined))
  expect([...contents.of('g')]).toEqual([])
  contents.apply(of(frame(), undefined))
  expect(contents.frames.size).toBe(0)
})
