import { describe, expect, test } from 'vitest'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Arrow } from '../../../shared/shapes/arrow.ts'
import { ARROW_HEADS } from '../../../shared/shapes/arrow-heads.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { pathPoints } from '../../../shared/shapes/path.ts'
import { copyText, pasteText } from '../../editor/actions.ts'
import { parsePresence } from '../../editor/presence-state.ts'
import { previewShapes } from '../../editor/preview.ts'
import { box, Rig } from '../../editor/testing/rig.ts'
import type { Drawing } from '../../render/shape-view.ts'
import { arrowView } from './view.ts'

const lineWidth = (line: string) => line.length * 0.5

/** Two boxes of 100 by 100, 200 apart, and an arrow from the middle of one to the middle of the other. */
function linked(given: Partial<Arrow> = {}): Rig {
  const rig = new Rig(
    box('a', { size: [100, 100] }),
    box('b', { pos: [300, 0], size: [100, 100], z: 'a1' }),
    makeShape('arrow', {
      ...{ id: 'link', z: 'a2', pos: [106, 50], points: [0, 0, 188, 0] },
      ...{ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] },
      ...given,
    }),
  )
  rig.editor.set({ snapping: false })
  return rig
}

const arrowOf = (rig: Rig): Arrow => rig.shape('arrow')

const ends = (arrow: Arrow): readonly (Vec | undefined)[] => {
  const points = pathPoints(arrow)
  return [points[0], points.at(-1)]
}

const shown = (rig: Rig): KnownShape | undefined =>
  previewShapes(rig.editor.state.preview, rig.editor.board, lineWidth).get('link') as KnownShape | undefined

describe('drawing an arrow', () => {
  const draw = (to: Vec, modifiers = {}): Rig => {
    const rig = new Rig(box('a', { size: [100, 100] }), box('b', { pos: [300, 0], size: [100, 100] }))
    rig.editor.set({ snapping: false })
    rig.editor.use('arrow')
    rig.drag([50, 50], to, { modifiers })
    return rig
  }

  test('from shape to shape binds both ends, and outlines what it would bind to', () => {
    const rig = new Rig(box('a', { size: [100, 100] }), box('b', { pos: [300, 0], size: [100, 100] }))
    rig.editor.use('arrow')
    rig.move([50, 50])
    expect([...rig.editor.state.hovered]).toEqual(['a'])
    rig.down([50, 50])
    rig.move([200, 50])
    rig.move([345, 45])
    expect([...rig.editor.state.hovered].sort()).toEqual(['a', 'b'])
    expect(rig.editor.state.preview).toMatchObject({ kind: 'create', shape: { end: ['b', 0.5, 0.5] } })
    rig.up([345, 45])
    expect([...rig.editor.state.hovered]).toEqual(['b'])
    const arrow = arrowOf(rig)
    expect(arrow).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    expect(ends(arrow)).toEqual([
      [106, 50],
      [294, 50],
    ])
    rig.editor.undo()
    expect(rig.shapes).toHaveLength(2)
  })

  test('binds precisely outside of the middle, and up to 12 pixels beside a shape', () => {
    expect(arrowOf(draw([390, 25]))).toMatchObject({ end: ['b', 0.9, 0.25] })
    const [id, u] = arrowOf(draw([290, 50])).end ?? []
    expect(id).toBe('b')
    expect(u).toBeLessThan(0.02)
    expect(arrowOf(draw([280, 50])).end).toBeNull()
  })

  test('binds nothing while ctrl is held', () => {
    expect(arrowOf(draw([350, 50], { ctrl: true }))).toMatchObject({ start: null, end: null, pos: [50, 50] })
  })

  test('within one shape keeps both ends where they were put', () => {
    const rig = new Rig(box('a', { size: [400, 400] }))
    rig.editor.use('arrow')
    rig.drag([180, 200], [220, 200])
    expect(arrowOf(rig)).toMatchObject({ start: ['a', 0.45, 0.5], end: ['a', 0.55, 0.5] })
    expect(ends(arrowOf(rig))).toEqual([
      [180, 200],
      [220, 200],
    ])
  })

  test('from a shape to the room around it ends where it was put, in the middle of the room too', () => {
    const rig = new Rig(
      box('room', { size: [600, 600], fill: 'transparent' }),
      box('in', { pos: [20, 20], size: [60, 60], z: 'a1' }),
    )
    rig.editor.set({ snapping: false })
    rig.editor.use('arrow')
    rig.drag([50, 50], [330, 330])
    expect(arrowOf(rig)).toMatchObject({ start: ['in', 0.5, 0.5], end: ['room', 0.55, 0.55] })
    expect(ends(arrowOf(rig))[1]).toEqual([330, 330])
  })

  test('binds to a hollow figure by its inside, to what lies in it first, and to no line or stroke', () => {
    const rig = new Rig(
      box('big', { pos: [200, -100], size: [400, 400], fill: 'transparent' }),
      box('in', { pos: [300, 0], size: [100, 100], fill: 'transparent', z: 'a1' }),
      makeShape('line', { id: 'line', z: 'a2', pos: [0, 0], points: [0, 0, 0, 100] }),
    )
    rig.editor.set({ snapping: false })
    rig.editor.use('arrow')
    rig.drag([0, 50], [350, 50])
    expect(arrowOf(rig)).toMatchObject({ start: null, end: ['in', 0.5, 0.5] })
    rig.editor.undo()
    rig.editor.use('arrow')
    rig.drag([0, 50], [550, 250])
    expect(arrowOf(rig)).toMatchObject({ end: ['big', 0.875, 0.875] })
  })

  test('point by point binds the first and the last', () => {
    const rig = linked()
    rig.editor.run('select-all')
    rig.editor.use('arrow')
    for (const p of [
      [50, 50],
      [200, 300],
      [350, 50],
    ] as const) {
      rig.move(p)
      rig.click(p)
    }
    rig.move([500, 400])
    rig.editor.run('finish')
    const drawn = rig.shapes.find(shape => shape.type === 'arrow' && shape.id !== 'link') as Arrow
    expect(drawn).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    expect(pathPoints(drawn)).toHaveLength(3)
    expect(pathPoints(drawn)[1]).toEqual([200, 300])
  })
})

describe('a bound arrow', () => {
  test('follows its shape while that is dragged, and afterwards', () => {
    const rig = linked()
    rig.down([350, 90])
    rig.move([350, 200])
    rig.move([350, 290])
    const during = shown(rig) as Arrow
    expect(ends(during)[1]?.[1]).toBeGreaterThan(150)
    rig.up([350, 290])
    expect(ends(arrowOf(rig))).toEqual(ends(during))
    rig.editor.undo()
    expect(ends(arrowOf(rig))[1]).toEqual([294, 50])
  })

  test('lets go when it is dragged by itself, which the preview shows', () => {
    const rig = linked()
    rig.down([200, 50])
    rig.move([200, 100])
    rig.move([200, 150])
    expect(shown(rig)).toMatchObject({ start: null, end: null })
    rig.up([200, 150])
    expect(arrowOf(rig)).toMatchObject({ start: null, end: null, pos: [106, 150] })
  })

  test('stays held when it is moved along with its shapes', () => {
    const rig = linked()
    rig.editor.run('select-all')
    rig.editor.run('nudge-down-far')
    expect(arrowOf(rig)).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    expect(ends(arrowOf(rig))[0]).toEqual([106, 60])
  })

  test('is bound elsewhere by dragging its end, and set free by dragging that off', () => {
    const rig = linked()
    rig.editor.select(['link'])
    rig.down([294, 50])
    rig.move([320, 80])
    rig.move([320, 90])
    expect(shown(rig)).toMatchObject({ start: ['a', 0.5, 0.5], end: ['b', expect.any(Number), 0.9] })
    expect([...rig.editor.state.hovered].sort()).toEqual(['a', 'b'])
    const sent = JSON.parse(JSON.stringify(rig.editor.outgoingPresence({ name: 'Ana', colour: '#ff0000' })))
    expect(parsePresence(sent)?.preview).toEqual(rig.editor.state.preview)
    rig.up([320, 90])
    expect(arrowOf(rig).end?.[2]).toBe(0.9)
    const [, tip] = ends(arrowOf(rig))
    rig.drag(tip as Vec, [250, 300])
    expect(arrowOf(rig)).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
    expect(ends(arrowOf(rig))[1]).toEqual([250, 300])
    rig.editor.undo()
    expect(arrowOf(rig).end?.[0]).toBe('b')
  })

  test('is copied with its shapes as one drawing, and alone as it was seen', () => {
    const rig = linked()
    rig.editor.run('select-all')
    rig.editor.duplicate()
    const copies = rig.shapes.filter(shape => rig.editor.state.selection.has(shape.id))
    const copy = copies.find(shape => shape.type === 'arrow') as Arrow
    const ids = copies.map(shape => shape.id)
    expect(ids).toContain(copy.start?.[0])
    expect(ids).toContain(copy.end?.[0])

    rig.editor.select(['link'])
    const text = copyText(rig.editor) as string
    pasteText(rig.editor, text, [1000, 1000])
    const pasted = rig.shapes.find(shape => rig.editor.state.selection.has(shape.id)) as Arrow
    expect(pasted).toMatchObject({ start: null, end: null, points: [0, 0, 188, 0] })

    rig.editor.select(['a', 'b', 'link'])
    pasteText(rig.editor, copyText(rig.editor) as string, [2000, 2000])
    const arrows = rig.shapes.filter(shape => rig.editor.state.selection.has(shape.id))
    const whole = arrows.find(shape => shape.type === 'arrow') as Arrow
    expect(arrows.map(shape => shape.id)).toContain(whole.start?.[0])
  })

  test('stays where it is seen when its shape is deleted; an undo brings the shape back and binds it', () => {
    const rig = linked()
    rig.editor.select(['b'])
    rig.editor.run('delete')
    expect(arrowOf(rig)).toMatchObject({ start: ['a', 0.5, 0.5], end: null })
    expect(ends(arrowOf(rig))[1]).toEqual([294, 50])
    rig.editor.undo()
    expect(arrowOf(rig).end).toEqual(['b', 0.5, 0.5])
  })
})

test('an arrow that is being reshaped stays as it is when the board becomes read-only', () => {
  const rig = linked()
  rig.editor.select(['link'])
  rig.down([294, 50])
  rig.move([320, 80])
  rig.move([250, 300])
  rig.board.lock('Only to be read.')
  expect(rig.editor.state.preview).toBeNull()
  rig.up([250, 300])
  expect(arrowOf(rig).end).toEqual(['b', 0.5, 0.5])
})

describe('the points of a line', () => {
  const line = (points: readonly number[], given = {}): Rig => {
    const rig = new Rig(makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points, ...given }))
    rig.editor.set({ snapping: false })
    rig.editor.select(['l'])
    return rig
  }

  test('a drag of the middle of a span makes a point of it', () => {
    const rig = line([0, 0, 200, 0])
    expect(rig.shownFrame()?.handles.map(handle => handle.name)).toEqual(['p0', 'p1', 'm0'])
    rig.drag([100, 0], [100, 50])
    expect(rig.shape('line').points).toEqual([0, 0, 100, 50, 200, 0])
    expect(rig.shownFrame()?.handles).toHaveLength(5)
    rig.editor.undo()
    expect(rig.shape('line').points).toEqual([0, 0, 200, 0])
  })

  test('the handle in the middle of a curved span lies on the curve', () => {
    const rig = line([0, 0, 100, 100, 200, 0], { curved: true })
    const at = rig.shownFrame()?.handles.find(handle => handle.name === 'm0')?.at
    expect(at?.[1]).toBeGreaterThan(51)
  })

  test('a double click removes a point between others', () => {
    const rig = line([0, 0, 100, 50, 200, 0])
    rig.doubleClick([100, 50])
    expect(rig.shape('line').points).toEqual([0, 0, 200, 0])
    rig.editor.undo()
    expect(rig.shape('line').points).toHaveLength(6)
  })

  test('so does dropping it onto its neighbour', () => {
    const rig = line([0, 0, 100, 50, 200, 0])
    rig.drag([100, 50], [3, 2])
    expect(rig.shape('line').points).toEqual([0, 0, 200, 0])
  })

  test('an end that is dropped on the other closes the line', () => {
    const rig = line([0, 0, 100, 0, 100, 100, 0, 100])
    rig.drag([0, 100], [3, 2])
    expect(rig.shape('line').points).toEqual([0, 0, 100, 0, 100, 100, 0, 0])
  })

  test('an elbow has handles on its ends alone', () => {
    const rig = linked({ elbow: true, end: null, points: [0, 0, 400, 300] })
    rig.editor.select(['link'])
    expect(rig.shownFrame()?.handles).toHaveLength(2)
    const [, tip] = ends(arrowOf(rig))
    rig.drag(tip as Vec, [350, 50])
    expect(arrowOf(rig)).toMatchObject({ end: ['b', 0.5, 0.5], elbow: true })
  })
})

describe('an arrow is drawn', () => {
  const drawing: Drawing = { tolerance: 0.1, leastWidth: 0, translucent: false }
  const straight = (given: Partial<Arrow>): Arrow =>
    makeShape('arrow', { id: 'a', z: 'a0', pos: [0, 0], points: [0, 0, 400, 0], ...given })
  const contours = (shape: Arrow) => arrowView.areas(shape, drawing, lineWidth).flatMap(area => area.contour)

  test.each(ARROW_HEADS)('with the head %s, within its reach of the tip', head => {
    const points = contours(straight({ head }))
    expect(points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && Math.abs(y) < 12)).toBe(true)
    expect(Math.max(...points.map(([x]) => x))).toBeLessThan(404)
    expect(Math.max(...points.map(([x]) => x))).toBeGreaterThan(398)
  })

  test('with a gap behind its label, which the pointer touches too', () => {
    const labelled = straight({ text: 'words', head: 'none' })
    const xs = contours(labelled).map(([x]) => x)
    expect(xs.some(x => Math.abs(x - 200) < 25)).toBe(false)
    expect(contours(straight({ head: 'none' })).length).toBeLessThan(xs.length)
    const rig = new Rig(labelled)
    rig.click([200, 12])
    expect(rig.selection).toEqual(['a'])
    rig.editor.select([])
    rig.doubleClick([200, 8])
    expect(rig.editor.state.editing).toBe('a')
  })
})
