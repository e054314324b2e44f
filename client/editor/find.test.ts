import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { findShapes, showShape } from './find.ts'
import { box, Rig } from './testing/rig.ts'

const rigOf = () =>
  new Rig(
    box('low', { pos: [0, 300], text: 'Das Café am Eck' }),
    box('top', { pos: [0, 0], text: 'cafe' }),
    box('right', { pos: [300, 10], link: 'https://example.org/CAFE' }),
    box('hidden', { pos: [0, 500], text: 'cafe', hidden: true }),
    makeShape('frame', { id: 'frame', z: 'a0', pos: [6000, 0], size: [100, 100], name: 'Élan' }),
  )

const found = (rig: Rig, query: string) => findShapes(rig.editor.board, query).map(({ id }) => id)

test('finds what is written, whatever its case and accents, in reading order', () => {
  const rig = rigOf()
  expect(found(rig, 'CAFÉ')).toEqual(['top', 'right', 'low'])
  expect(found(rig, ' elan ')).toEqual(['frame'])
  expect(found(rig, 'nowhere')).toEqual([])
  expect(found(rig, '  ')).toEqual([])
})

test('a text is found by its new words once it has changed', () => {
  const rig = rigOf()
  expect(found(rig, 'tea')).toEqual([])
  rig.board.transact([{ op: 'text', id: 'top', at: 0, remove: 4, insert: 'tea' }])
  expect(found(rig, 'tea')).toEqual(['top'])
})

test('what is shown is selected and in view, and the camera rests when it was', () => {
  const rig = rigOf()
  showShape(rig.editor, 'frame')
  expect(rig.selection).toEqual(['frame'])
  expect(rig.editor.seesContent()).toBe(true)
  const { camera } = rig.editor.state
  showShape(rig.editor, 'frame')
  expect(rig.editor.state.camera).toEqual(camera)
})
