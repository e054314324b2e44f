import { describe, expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { Frame } from '../../shared/shapes/frame.ts'
import { Presentation, slideCamera, slidesOf } from './presentation.ts'
import { Rig } from './testing/rig.ts'

const frame = (id: string, pos: Vec, given: Partial<Frame> = {}): Frame =>
  makeShape('frame', { id, z: 'a0', pos, size: [200, 100], ...given })

const ids = ({ board, editor }: Rig, order?: 'place' | 'name') =>
  slidesOf(board, editor.lineWidth, order).map(({ id }) => id)

describe('slides', () => {
  test('come row by row from the left, though frames of one row are not quite level', () => {
    const rig = new Rig(
      frame('d', [0, 300]),
      frame('b', [300, -20]),
      frame('a', [0, 0]),
      frame('c', [600, 30]),
      frame('e', [300, 300], { size: [200, 400] }),
    )
    expect(ids(rig)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('come by name as people count', () => {
    const rig = new Rig(
      frame('x', [0, 0], { name: 'Frame 10' }),
      frame('y', [300, 0], { name: 'frame 2' }),
      frame('z', [600, 0]),
    )
    expect(ids(rig, 'name')).toEqual(['z', 'y', 'x'])
    expect(slidesOf(rig.board, rig.editor.lineWidth, 'name')[0]?.name).toBe('Frame')
  })

  test('are the frames alone, and not the hidden ones', () => {
    const rig = new Rig(
      frame('a', [0, 0], { hidden: true }),
      makeShape('text', { id: 't', z: 'a1', pos: [0, 0] }),
    )
    expect(ids(rig)).toEqual([])
  })
})

test('a slide is shown whole, as large as the viewport allows, in its middle', () => {
  const camera = slideCamera({ x: 100, y: 100, w: 400, h: 100 }, { w: 1000, h: 1000 })
  expect(camera.zoom).toBeCloseTo(2.35)
  expect(camera.x + 500 / camera.zoom).toBeCloseTo(300)
  expect(camera.y + 500 / camera.zoom).toBeCloseTo(150)
})

describe('a presentation', () => {
  const rig = () => new Rig(frame('a', [0, 0]), frame('b', [300, 0]), frame('c', [600, 0]))
  const at = (show: Presentation) => show.current?.id

  test('begins at the frame asked for, and ends at both ends', () => {
    const { editor } = rig()
    const show = new Presentation(editor, { from: 'b' })
    expect([at(show), show.index, show.slides.length]).toEqual(['b', 1, 3])
    show.next()
    show.next()
    expect(at(show)).toBe('c')
    show.first()
    show.previous()
    expect(at(show)).toBe('a')
    show.last()
    expect(at(show)).toBe('c')
  })

  test('gives the camera back', () => {
    const { editor } = rig()
    const before = { x: 7, y: 8, zoom: 0.5 }
    editor.look(before)
    const show = new Presentation(editor)
    expect(editor.state.camera).not.toEqual(before)
    show.end()
    expect(editor.state.camera).toEqual(before)
    editor.select(['a'])
    expect(editor.state.camera).toEqual(before)
  })

  test('follows a slide that moves, and goes on with the next in place of one that is gone', () => {
    const { editor, board } = rig()
    const show = new Presentation(editor, { from: 'b' })
    let told = 0
    show.subscribe(() => told++)
    board.transact([{ op: 'patch', id: 'b', patch: { pos: [310, 40] } }])
    expect(editor.state.camera).toEqual(slideCamera({ x: 310, y: 40, w: 200, h: 100 }, editor.state.viewport))
    board.transact([{ op: 'remove', id: 'b' }])
    expect([at(show), show.index]).toEqual(['c', 1])
    board.transact([{ op: 'remove', id: 'c' }])
    expect(at(show)).toBe('a')
    board.transact([{ op: 'remove', id: 'a' }])
    expect([at(show), show.index]).toEqual([undefined, 0])
    expect(told).toBe(4)
  })

  test('leaves the camera to the person until the slide or the window changes', () => {
    const { editor } = rig()
    new Presentation(editor)
    editor.look({ x: 0, y: 0, zoom: 1 })
    expect(editor.state.camera).toEqual({ x: 0, y: 0, zoom: 1 })
    editor.resize({ w: 400, h: 400 })
    expect(editor.state.camera).toEqual(slideCamera({ x: 0, y: 0, w: 200, h: 100 }, { w: 400, h: 400 }))
  })
})
