import { expect, test } from 'vitest'
import { peerView } from '../testing/peer-view.ts'
import { box, Rig } from '../testing/rig.ts'

test('a laser is seen by others while it moves, and nothing of it reaches the board', () => {
  const rig = new Rig(box('a'))
  const before = rig.shapes
  rig.editor.use('laser')
  rig.down([0, 0])
  for (let x = 10; x <= 2000; x += 10) rig.move([x, x / 2])
  const { preview } = rig.editor.state
  expect(preview).toMatchObject({ kind: 'laser', beam: { start: 137 } })
  if (preview?.kind !== 'laser') throw new Error('No beam is shown.')
  expect(preview.beam.points).toHaveLength(64)
  expect(preview.beam.points.at(-1)).toEqual([2000, 1000])

  const seen = peerView(rig)
  expect(seen?.preview).toMatchObject({ kind: 'laser', beam: { id: preview.beam.id, start: 169 } })
  expect(seen?.size).toBeLessThan(600)
  rig.up([2000, 1000])
  expect(rig.editor.state.preview).toBeNull()
  expect(rig.shapes).toEqual(before)
  expect(rig.board.canUndo).toBe(true)
  expect(rig.editor.state.tool).toBe('laser')
})

test('on a board that may only be read it points as well', () => {
  const rig = new Rig(box('a'))
  rig.board.lock('You can look at this board, not change it.')
  rig.editor.use('laser')
  rig.down([0, 0])
  rig.move([50, 50])
  expect(rig.editor.state.preview).toMatchObject({
    kind: 'laser',
    beam: {
      points: [
        [0, 0],
        [50, 50],
      ],
    },
  })
  rig.cancel()
  expect(rig.editor.state.preview).toBeNull()
})
