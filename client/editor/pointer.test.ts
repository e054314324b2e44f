import { expect, test } from 'vitest'
import { Rig } from './testing/rig.ts'

const ADA = { name: 'Ada', colour: '#336699' }

test('each move over an empty board, and leaving it, is there to be told to others, and nothing is drawn anew', () => {
  const rig = new Rig()
  rig.move([0, 0])
  const cursors: unknown[] = []
  let changes = 0
  rig.editor.subscribePointer(() => cursors.push(rig.editor.outgoingPresence(ADA).cursor))
  rig.editor.subscribe(() => changes++)
  rig.move([10, 20])
  rig.move([30, 40])
  rig.editor.leave()
  rig.editor.leave()
  expect(cursors).toEqual([[10, 20], [30, 40], null])
  expect(changes).toBe(0)
})
