import { expect, test } from 'vitest'
import { selectionFrame } from './selection-frame.ts'
import { box, Rig } from './testing/rig.ts'

test('the frame goes with a selected shape that another person is moving', () => {
  const rig = new Rig(box('a'))
  rig.editor.select(['a'])
  const moved = box('a', { pos: [300, 0] })
  expect(selectionFrame(rig.editor, new Map([['a', moved]]))?.box).toMatchObject({ x: 300, y: 0 })
  expect(selectionFrame(rig.editor)?.box).toMatchObject({ x: 0, y: 0 })
})
