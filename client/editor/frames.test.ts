import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { type Frame, frameHolds } from '../../shared/shapes/frame.ts'
import { type KnownShape, shapeBounds } from '../../shared/shapes/index.ts'
import { DocBoard } from '../board/doc-board.ts'
import { withFrames } from './frames.ts'
import { previewShapes } from './preview.ts'
import { box, Rig } from './testing/rig.ts'

const frame = (id: string, given: Partial<Frame> = {}): KnownShape =>
  makeShape('frame', { id, z: 'a0', pos: [0, 0], size: [300, 200], name: 'Plan', ...given })

const inFrame = (id: string, given: Partial<KnownShape> = {}): KnownShape =>
  box(id, { pos: [50, 50], z: 'a1', frame: 'f', ...(given as object) })

const frameOf = (rig: Rig, id: string) => rig.board.shapes.get(id)?.frame
const posOf = (rig: Rig, id: string): Vec | undefined => rig.board.shapes.get(id)?.pos

describe('drawing a frame', () => {
  test('takes in what lies wholly inside, below which it lies, as one step', () => {
    const rig = new Rig(
      box('below', { pos: [900, 900], z: 'Zz' }),
      box('a', { pos: [50, 50] }),
      box('b', { pos: [260, 50], z: 'a1' }),
      frame('other', { pos: [60, 120], size: [20, 20], z: 'a2' }),
    )
    rig.editor.use('frame')
    rig.drag([0, 0], [300, 200])
    const made = rig.shapes.find(({ type, id }) => type === 'frame' && id !== 'other')
    expect(frameOf(rig, 'a')).toBe(made?.id)
    expect(frameOf(rig, 'b')).toBe('')
    expect(frameOf(rig, 'other')).toBe('')
    expect(rig.shapes.map(({ id }) => id)).toEqual(['below', made?.id, 'a', 'b', 'other'])
    expect(rig.selection).toEqual([made?.id])
    rig.editor.undo()
    expect(rig.shapes).toHaveLength(4)
    expect(frameOf(rig, 'a')).toBe('')
  })

  test('shows no frame that is seen through, whatever the style of the next shape', () => {
    const rig = new Rig()
    rig.editor.setStyle({ opacity: 0.3 })
    rig.editor.use('frame')
    rig.drag([0, 0], [300, 200])
    expect(rig.shape('frame').opacity).toBe(1)
  })
})

describe('membership', () => {
  test('a shape that is dropped with its middle in a frame lies in it, and leaves it when it is dragged out', () => {
    const rig = new Rig(frame('f'), box('a', { pos: [400, 50], z: 'a1' }))
    rig.drag([450, 75], [270, 75])
    expect(frameOf(rig, 'a')).toBe('f')
    rig.drag([270, 75], [500, 75])
    expect(frameOf(rig, 'a')).toBe('')
    rig.editor.undo()
    expect([frameOf(rig, 'a'), posOf(rig, 'a')]).toEqual(['f', [220, 50]])
  })

  test('what is drawn in a frame lies in it', () => {
    const rig = new Rig(frame('f'))
    rig.editor.use('rectangle')
    rig.drag([50, 50], [100, 100])
    expect(rig.shape('rectangle').frame).toBe('f')
  })

  test('of frames that overlap, the topmost gets the shape', () => {
    const rig = new Rig(
      frame('f'),
      frame('g', { pos: [100, 0], z: 'a1' }),
      box('a', { pos: [600, 50], z: 'a2' }),
    )
    rig.drag([650, 75], [250, 75])
    expect(frameOf(rig, 'a')).toBe('g')
  })

  test('a group goes by its middle as a whole', () => {
    const rig = new Rig(
      frame('f'),
      box('a', { pos: [500, 50], groups: ['g'], z: 'a1' }),
      box('b', { pos: [650, 50], groups: ['g'], z: 'a2' }),
    )
    rig.drag([550, 75], [230, 75])
    expect([frameOf(rig, 'a'), frameOf(rig, 'b')]).toEqual(['', ''])
    rig.drag([230, 75], [150, 75])
    expect([frameOf(rig, 'a'), frameOf(rig, 'b')]).toEqual(['f', 'f'])
  })

  test('no frame lies in a frame', () => {
    const rig = new Rig(frame('f'), frame('g', { pos: [400, 50], size: [100, 100], z: 'a1' }))
    rig.drag([450, 50], [150, 50])
    expect([posOf(rig, 'g'), frameOf(rig, 'g')]).toEqual([[100, 50], ''])
  })

  test('a style changes no membership, even of a shape that lies elsewhere', () => {
    const rig = new Rig(frame('f'), box('a', { pos: [600, 600], frame: 'f', z: 'a1' }))
    rig.editor.select(['a'])
    rig.editor.setStyle({ fill: '#ff0000' })
    expect(frameOf(rig, 'a')).toBe('f')
  })
})

describe('a frame', () => {
  test('is held by its edge and its title, not by its inside', () => {
    const rig = new Rig(frame('f'))
    rig.click([150, 100])
    expect(rig.selection).toEqual([])
    rig.click([150, 1])
    expect(rig.selection).toEqual(['f'])
    rig.click([500, 500])
    rig.click([10, -10])
    expect(rig.selection).toEqual(['f'])
    // Selected, it still has no inside to hold it by.
    rig.drag([150, 100], [250, 150])
    expect(posOf(rig, 'f')).toEqual([0, 0])
  })

  test('has a title of one size at every zoom, and none where it is tiny', () => {
    const rig = new Rig(frame('f', { name: 'x'.repeat(90) }))
    rig.editor.look({ x: -10, y: -100, zoom: 0.25 })
    rig.click([10, -60])
    expect(rig.selection).toEqual(['f'])
    rig.editor.select([])
    rig.editor.look({ x: -10, y: -100, zoom: 0.06 })
    rig.click([150, -200])
    expect(rig.selection).toEqual([])
  })

  test('is moved with what lies in it, here and in the preview, as one step', () => {
    const rig = new Rig(frame('f'), inFrame('a'), box('beside', { pos: [500, 500], z: 'a2' }))
    rig.down([150, 0])
    rig.move([160, 20])
    rig.move([170, 40])
    const shown = previewShapes(rig.editor.state.preview, rig.board, rig.editor.lineWidth)
    expect(shown.get('a')?.pos).toEqual([70, 90])
    rig.up([170, 40])
    expect([posOf(rig, 'f'), posOf(rig, 'a'), posOf(rig, 'beside')]).toEqual([
      [20, 40],
      [70, 90],
      [500, 500],
    ])
    expect(frameOf(rig, 'a')).toBe('f')
    rig.editor.undo()
    expect([posOf(rig, 'f'), posOf(rig, 'a')]).toEqual([
      [0, 0],
      [50, 50],
    ])
  })

  test('moves by the keys with what lies in it, and once where both are selected', () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.editor.select(['f'])
    rig.editor.run('nudge-right-far')
    rig.editor.select(['f', 'a'])
    rig.editor.run('nudge-down')
    expect([posOf(rig, 'f'), posOf(rig, 'a'), frameOf(rig, 'a')]).toEqual([[10, 1], [60, 51], 'f'])
  })

  test('is resized by itself: what lies outside by then leaves, what lies wholly inside comes in', () => {
    const rig = new Rig(frame('f'), inFrame('a', { pos: [180, 50] }), box('b', { pos: [310, 50], z: 'a2' }))
    rig.click([150, 0])
    rig.drag([300, 200], [200, 200])
    expect([frameOf(rig, 'a'), posOf(rig, 'a')]).toEqual(['', [180, 50]])
    rig.drag([200, 200], [450, 200])
    expect([frameOf(rig, 'a'), frameOf(rig, 'b')]).toEqual(['f', 'f'])
  })

  test('is removed with what lies in it; undo brings all back', () => {
    const rig = new Rig(frame('f'), inFrame('a'), box('b', { pos: [500, 500], z: 'a2' }))
    rig.editor.select(['f'])
    rig.editor.run('delete')
    expect(rig.shapes.map(({ id }) => id)).toEqual(['b'])
    rig.editor.undo()
    expect(rig.shapes.map(({ id }) => id)).toEqual(['f', 'a', 'b'])
    expect(frameOf(rig, 'a')).toBe('f')
  })

  test('is taken away from around what lies in it', () => {
    const rig = new Rig(frame('f'), inFrame('a'), inFrame('stuck', { locked: true, z: 'a5' }))
    rig.editor.select(['f'])
    rig.editor.run('frame-remove')
    expect(rig.shapes.map(({ id, frame: around }) => [id, around])).toEqual([
      ['a', ''],
      ['stuck', ''],
    ])
    expect(rig.selection).toEqual(['a'])
    rig.editor.undo()
    expect(frameOf(rig, 'stuck')).toBe('f')
  })

  test('is put around the selection', () => {
    const rig = new Rig(box('a', { pos: [50, 50] }), box('b', { pos: [200, 200], z: 'a1' }))
    rig.editor.select(['a', 'b'])
    rig.editor.run('frame-selection')
    const made = rig.shape('frame')
    expect([made.pos, made.size]).toEqual([
      [18, 18],
      [314, 264],
    ])
    expect([frameOf(rig, 'a'), frameOf(rig, 'b')]).toEqual([made.id, made.id])
    expect(rig.shapes[0]?.id).toBe(made.id)
  })

  test('is not turned', () => {
    const rig = new Rig(frame('f'), box('a', { pos: [500, 0], z: 'a1' }))
    rig.editor.select(['f'])
    expect(rig.shownFrame()?.handles.some(({ name }) => name === 'rotate')).toBe(false)
    rig.editor.select(['f', 'a'])
    const handle = rig.shownFrame()?.handles.find(({ name }) => name === 'rotate')
    rig.drag(handle?.at ?? [0, 0], [900, 300])
    expect(rig.shape('frame').rot).toBe(0)
    expect(rig.shape('rectangle').rot).not.toBe(0)
  })

  test('opens its name on a double click on the title, and a frame that is read-only does not', () => {
    const rig = new Rig(frame('f'))
    rig.doubleClick([10, -10])
    expect(rig.editor.state.editing).toBe('f')
    rig.editor.text.end()
    expect(rig.editor.state.editing).toBeNull()
    rig.board.lock('Only for looking at.')
    rig.doubleClick([10, -10])
    expect(rig.editor.state.editing).toBeNull()
  })

  test('is left alone by the eraser', () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.editor.use('eraser')
    rig.drag([-20, 75], [150, 75])
    expect(rig.shapes.map(({ id }) => id)).toEqual(['f'])
  })
})

describe('a shape in a frame', () => {
  test('is not touched where the frame cuts it off', () => {
    const rig = new Rig(frame('f'), inFrame('a', { pos: [250, 50] }))
    rig.click([340, 75])
    expect(rig.selection).toEqual([])
    rig.click([280, 75])
    expect(rig.selection).toEqual(['a'])
  })

  test('is shown whole once it has been dragged out', () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.down([100, 75])
    rig.move([110, 85])
    const shown = () => previewShapes(rig.editor.state.preview, rig.board, rig.editor.lineWidth).get('a')
    expect(shown()?.frame).toBe('f')
    rig.move([500, 75])
    expect(shown()?.frame).toBe('')
    rig.up([500, 75])
    expect(frameOf(rig, 'a')).toBe('')
  })

  test('stays when it is locked and the frame goes', () => {
    const rig = new Rig(frame('f'), inFrame('a', { locked: true }))
    rig.editor.select(['f'])
    rig.editor.run('delete')
    expect(rig.shapes.map(({ id }) => id)).toEqual(['a'])
  })
})

describe('copies', () => {
  test('of a frame hold copies of what lies in it, of which the frame alone is selected', () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.editor.select(['f'])
    rig.editor.run('duplicate')
    const copy = rig.shapes.find(({ id, type }) => type === 'frame' && id !== 'f')
    const inside = rig.shapes.find(({ id, type }) => type === 'rectangle' && id !== 'a')
    expect(rig.selection).toEqual([copy?.id])
    expect(inside?.frame).toBe(copy?.id)
    expect(inside?.pos).toEqual([66, 66])
  })

  test('that are dragged off with alt are whole', () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.drag([150, 0], [150, 400], { modifiers: { alt: true } })
    const frames = rig.shapes.filter(({ type }) => type === 'frame')
    expect(rig.shapes).toHaveLength(4)
    expect(frames.map(({ pos }) => pos)).toEqual([
      [0, 0],
      [0, 400],
    ])
  })

  test('by the clipboard are in the pasted frame; a shape by itself is in the frame that it is pasted into', async () => {
    const rig = new Rig(frame('f'), inFrame('a'))
    rig.editor.look({ x: 1000, y: 1000, zoom: 1 })
    rig.editor.select(['f'])
    rig.editor.run('copy')
    await Promise.resolve()
    rig.editor.run('paste')
    await new Promise(resolve => setImmediate(resolve))
    const pasted = rig.shapes.find(({ id, type }) => type === 'frame' && id !== 'f')
    expect(rig.shapes).toHaveLength(4)
    expect(rig.shapes.filter(shape => shape.frame === pasted?.id)).toHaveLength(1)
    rig.editor.select(['a'])
    rig.editor.run('copy')
    await Promise.resolve()
    rig.editor.run('paste')
    await new Promise(resolve => setImmediate(resolve))
    expect(rig.shapes.filter(shape => shape.frame === pasted?.id)).toHaveLength(2)
  })
})

describe('two people', () => {
  const meet = (...docs: readonly Y.Doc[]) => {
    const updates = docs.map(doc => Y.encodeStateAsUpdate(doc))
    for (const doc of docs) for (const update of updates) Y.applyUpdate(doc, update, 'network')
  }

  test('a shape that is moved into a frame which another removes is there, whole, and touched everywhere', () => {
    const rig = new Rig(frame('f'), box('a', { pos: [400, 50], z: 'a1' }))
    const doc = new Y.Doc()
    meet(rig.doc, doc)
    const other = new DocBoard(doc)
    other.transact([{ op: 'remove', id: 'f' }])
    rig.drag([450, 75], [270, 75])
    meet(rig.doc, doc)
    expect(other.shapes.get('a')?.pos).toEqual([220, 50])
    expect(rig.board.shapes.get('a')?.frame).toBe('f')
    rig.editor.select([])
    rig.click([310, 75])
    expect(rig.selection).toEqual(['a'])
  })
})

test('whatever is put anywhere, it lies in the topmost frame around its middle, and what a frame carries stays in it', () => {
  const lineWidth = (line: string) => line.length * 0.5
  const place = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 }))
  const edits = fc.array(fc.record({ id: fc.constantFrom('f', 'g', 'a', 'b', 'c'), pos: place }), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(edits, moves => {
      const rig = new Rig(frame('f'), frame('g', { z: 'a1', pos: [200, 100] }))
      for (const [i, id] of ['a', 'b', 'c'].entries())
        rig.editor.commit([{ op: 'create', shape: box(id, { z: `a${i + 2}` }) }])
      for (const { id, pos } of moves) {
        const before = new Map(rig.board.shapes)
        rig.editor.commit([{ op: 'patch', id, patch: { pos: [...pos] } }])
        const moved = rig.board.shapes.get(id) as KnownShape
        for (const shape of rig.board.shapes.values()) {
          const was = before.get(shape.id)
          if (moved.type !== 'frame' || was?.frame !== id) continue
          expect(shape.frame).toBe(id)
          expect(shape.pos[0] - (was.pos[0] ?? 0)).toBe(moved.pos[0] - (before.get(id)?.pos[0] ?? 0))
        }
        if (moved.type === 'frame') continue
        const { x, y, w, h } = shapeBounds(moved, lineWidth)
        const around = rig.board.ordered.findLast(
          shape => shape.type === 'frame' && frameHolds(shape, [x + w / 2, y + h / 2]),
        )
        expect(moved.frame).toBe(around?.id ?? '')
      }
    }),
    { numRuns: 60 },
  )
})

test('a board without frames costs edits nothing', () => {
  const { board } = new Rig(box('a'))
  const edits = [{ op: 'patch', id: 'a', patch: { pos: [5, 5] } }] as const
  expect(withFrames(edits, board, () => 0)).toBe(edits)
})
