import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import { pathPoints } from '../../shared/shapes/path.ts'
import { previewShapes } from '../editor/preview.ts'
import { box, Rig } from '../editor/testing/rig.ts'
import type { Peer } from '../editor/types.ts'
import { PreviewBlend } from './previews.ts'

const lineWidth = (line: string) => line.length * 0.5

test('an arrow between shapes that two people drag at once ends where each of them has the shape', () => {
  const rig = new Rig(
    box('a', { size: [100, 100] }),
    box('b', { pos: [300, 0], size: [100, 100], z: 'a1' }),
    makeShape('arrow', {
      ...{ id: 'link', z: 'a2', pos: [106, 50], points: [0, 0, 188, 0] },
      ...{ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] },
    }),
  )
  const peer: Peer = {
    ...{ clientId: 7, name: 'Ben', colour: '#ff0000', cursor: null, selection: ['b'], caret: null },
    preview: { kind: 'move', ids: ['b'], offset: [0, 200] },
  }
  rig.editor.setPeers(new Map([[7, peer]]))
  rig.editor.set({ snapping: false })
  rig.down([50, 90])
  rig.move([50, 190])
  rig.move([50, 290])
  const blend = new PreviewBlend(previewShapes, rig.editor.board, lineWidth)
  const { changes } = blend.gather(rig.editor.state, 0, true)
  const points = pathPoints(changes.get('link') as Arrow)
  expect(points).toEqual([
    [106, 250],
    [294, 250],
  ])
})
